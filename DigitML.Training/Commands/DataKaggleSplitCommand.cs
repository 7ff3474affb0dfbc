using System.CommandLine;
using System.Globalization;
using DigitML.Data;
using DigitML.Data.Predictions;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Runs;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data kaggle-split [--data F] [--test-data F] [--seed N] --out DIR</c>: the Kaggle protocol's files.</summary>
internal static class DataKaggleSplitCommand
{
    private const ulong DefaultSeed = 1;

    internal static Command Create(Terminal terminal)
    {
        Option<string?> data = FileOption.Optional("--data", "FILE|DIR", "Labelled rows. [default: data/mnist-train.csv.gz and data/mnist-test.csv.gz]");
        Option<string?> testData = FileOption.Optional("--test-data", "FILE|DIR", "More labelled rows, appended to the others before the split.");
        Option<ulong?> seed = NumberOption.Seed("--seed", $"Random seed: the same seed gives the same files, byte for byte. [default: {DefaultSeed}]");
        Option<string> folder = FileOption.Required("--out", "DIR", "Folder for train.csv, test.csv and solution.csv.");
        var layout = new LayoutOptions();
        Option<bool> json = FileOption.Json();
        var command = new Command("kaggle-split", "Splits labelled rows as Kaggle does: 3/5 to train on, and the rest, without labels, to predict.")
        {
            data, testData, seed, folder, json,
        };
        layout.AddTo(command);
        command.SetAction(parsed =>
        {
            (string first, string? second) = DefaultData.Or(parsed.GetValue(data), parsed.GetValue(testData));
            DigitDataset rows = DigitFiles.ReadLabelled(first, second, layout.Read(parsed), terminal.TellReading);
            KaggleSplit split = KaggleSplit.Of(rows, parsed.GetValue(seed) ?? DefaultSeed);
            (string training, string test, string solution) = split.Write(parsed.GetRequiredValue(folder), terminal.Cancellation);
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(new SplitFiles(
                    training, split.Training.Count, test, split.Test.Count, solution, DatasetChecksum.Of(split.Training), DatasetChecksum.Of(split.Test)));
                return;
            }

            TextWriter output = terminal.Output;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{training}: {split.Training.Count:N0} rows to train on"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{test}: {split.Test.Count:N0} rows without labels"));
            output.WriteLine($"{solution}: their labels, for kaggle-score only");
        });
        return command.WithExamples("""
            digitml data kaggle-split --seed 1 --out kaggle
            digitml train --data kaggle/train.csv --name mine
            digitml predict --model runs/mine/model.onnx --data kaggle/test.csv --out submission.csv
            digitml data kaggle-score --submission submission.csv --solution kaggle/solution.csv
            """);
    }

    private sealed record SplitFiles(string Train, int TrainingRows, string Test, int TestRows, string Solution, string TrainChecksum, string TestChecksum);
}
