using System.CommandLine;
using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Experiments.RunFiles;
using DigitML.Model.Files;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data split FILE --out DIR</c>: stratified files to train, validate and test on.</summary>
internal static class DataSplitCommand
{
    private const double DefaultFraction = 0.2;
    private const ulong DefaultSeed = 1;

    private static readonly string[] Names = ["train", "validation", "test"];

    internal static Command Create(Terminal terminal)
    {
        Argument<string> path = DataCommand.FileArgument();
        Option<double?> testFraction = NumberOption.Share("--test-fraction", "Fraction of the rows for test.csv. [default: 0.2]");
        Option<double?> validationFraction = NumberOption.Share("--validation-fraction", "Fraction of the rows for validation.csv. [default: 0, and no such file]");
        Option<ulong?> seed = NumberOption.Seed("--seed", $"Random seed: the same seed gives the same files, byte for byte. [default: {DefaultSeed}]");
        Option<string> folder = FileOption.Required("--out", "DIR", "Folder for train.csv, test.csv and validation.csv.");
        var layout = new LayoutOptions();
        Option<bool> json = FileOption.Json();
        var command = new Command("split", "Splits labelled rows into files to train and to test on; every class keeps its share.") { path, testFraction, validationFraction, seed, folder, json };
        layout.AddTo(command);
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(path), to = parsed.GetRequiredValue(folder);
            double test = parsed.GetValue(testFraction) ?? DefaultFraction, validation = parsed.GetValue(validationFraction) ?? 0;
            if (test + validation is <= 0 or >= 1) throw new DigitMLException($"--test-fraction and --validation-fraction are {test} and {validation}; their sum must be above 0 and below 1.");
            (string Name, string Path)[] targets = [.. Names.Where(name => name switch { "test" => test > 0, "validation" => validation > 0, _ => true }).Select(name => (name, Path.Combine(to, $"{name}.csv")))];
            foreach ((_, string target) in targets)
            {
                RunFolder.CheckOutput("--out", target, DigitFiles.PathsOf(file));
                if (File.Exists(target)) throw new DigitMLException($"{target} already exists; delete it or choose another --out.");
            }

            DigitFile rows = DigitFiles.Load(file, new DigitFileOptions { Layout = layout.Read(parsed), RequireLabels = true });
            terminal.TellReading(file, rows);
            Dictionary<string, DigitDataset> parts = Parts(rows.Dataset, test, validation, parsed.GetValue(seed) ?? DefaultSeed);
            foreach ((string name, string target) in targets) CsvDigitWriter.Write(target, parts[name], terminal.Cancellation);
            if (parsed.GetValue(json)) terminal.WriteJson(targets.Select(target => new SplitFile(target.Path, parts[target.Name].Count, DatasetChecksum.Of(parts[target.Name]))));
            else foreach ((string name, string target) in targets) terminal.Output.WriteLine($"{target}: {DisplayText.Count(parts[name].Count, "row")}");
        });
        return command.WithExamples("""
            digitml data split digits.csv --out parts
            digitml data split digits.csv --test-fraction 0.1 --validation-fraction 0.1 --seed 7 --out parts
            """);
    }

    private static Dictionary<string, DigitDataset> Parts(DigitDataset rows, double test, double validation, ulong seed)
    {
        (DigitDataset rest, DigitDataset tested) = DatasetSplit.ByFraction(rows, test, seed);
        (DigitDataset training, DigitDataset validated) = DatasetSplit.ByCount(rest, (int)Math.Round(rows.Count * validation), seed);
        return new Dictionary<string, DigitDataset> { ["train"] = training, ["validation"] = validated, ["test"] = tested };
    }

    private sealed record SplitFile(string File, int Rows, string DataChecksum);
}
