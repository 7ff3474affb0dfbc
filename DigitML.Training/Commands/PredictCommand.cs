using System.CommandLine;
using DigitML.Data;
using DigitML.Data.Predictions;
using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Models;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;
using DigitML.Model.Files;
using DigitML.Model;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml predict</c>: a Kaggle submission or scores for rows, or the labels of pictures.</summary>
internal static class PredictCommand
{
    internal static Command Create(Terminal terminal, OpenDevice openDevice)
    {
        var modelOptions = new PredictingModelOptions();
        Option<string?> data = FileOption.Optional("--data", "FILE|DIR", "Rows to predict, with or without labels (labels are ignored), or a folder of pictures: predictions then have the names of the files as ids.");
        Option<string?> outFile = FileOption.Optional("--out", "FILE", "Where to write the predictions of --data, gzipped if the name ends in .gz. [default: standard output]");
        Option<string> format = ChoiceOption.Create(
            "--format", "What to write: kaggle is ImageId,Label with ids from 1, or the ids of the data file and their header; scores adds the score of each class.", "kaggle", "scores");
        var images = new Option<string[]>("--image")
        {
            HelpName = "FILE ...",
            Description = "Pictures to predict: PNG, JPEG, BMP, PGM or PPM of any size, dark on light or light on dark.",
            AllowMultipleArgumentsPerToken = true,
        };
        var layout = new LayoutOptions();
        var device = new DeviceOptions();
        Option<bool> json = FileOption.Json();
        var command = new Command("predict", "Predicts the digits in a data file or in pictures.");
        modelOptions.AddTo(command);
        foreach (Option option in new Option[] { data, outFile, format, images, json }) command.Add(option);
        layout.AddTo(command);
        device.AddTo(command);
        command.Validators.Add(result =>
        {
            bool hasImages = result.GetResult(images) is { Implicit: false };
            if ((result.GetValue(data) is null) != hasImages) result.AddError("digitml predict takes either --data or --image.");
            else if (hasImages && result.GetValue(outFile) is not null) result.AddError("--out goes with --data; predictions of pictures are printed.");
            else if (hasImages && result.GetResult(format) is { Implicit: false }) result.AddError("--format goes with --data; for pictures, --json prints the score of each class.");
        });
        command.SetAction(parsed =>
        {
            using IDevice opened = openDevice(device.Read(parsed));
            using OpenedModel opening = modelOptions.Open(parsed, opened, terminal);
            IDigitScorer model = opening.Scorer;
            if (parsed.GetValue(data) is not string file)
            {
                return PicturePredictions.Run(terminal, model, parsed.GetValue(images)!, parsed.GetValue(json));
            }

            if (parsed.GetValue(outFile) is string written) RunFolder.CheckOutput("--out", written, [modelOptions.FileOf(parsed), .. DigitFiles.PathsOf(file)]);
            DigitFile read = DigitFiles.Load(file, new DigitFileOptions
            {
                Layout = layout.Read(parsed),
                Part = "test",
                LabelMap = model.Labels,
                IgnoreLabels = true,
                ImageHeight = model.Height,
                ImageWidth = model.Width,
                TrainingRange = TrainingRange.Of(opening.Networks),
            });
            terminal.TellReading(file, read);
            DigitDataset rows = read.Dataset;
            (float[] scores, double seconds) = model.Score(rows, terminal.Cancellation);
            var predictions = new PredictionTable(model.Labels, scores, WithScores: parsed.GetValue(format) == "scores", read.Ids);
            if (parsed.GetValue(outFile) is string target)
            {
                predictions.Write(target);
                if (parsed.GetValue(json)) terminal.WriteJson(new WrittenPredictions(rows.Count, target, seconds, rows.Count / seconds));
                else terminal.Error.WriteLine($"{DisplayText.Count(rows.Count, "row")} in {seconds:F1} s: {target}");
            }
            else if (parsed.GetValue(json))
            {
                terminal.WriteJson(predictions.ToRows());
            }
            else
            {
                terminal.Output.Write(predictions.ToCsv());
            }

            return ExitCode.Done;
        });
        return command.WithExamples("""
            digitml predict --model runs/first/model.onnx --data test.csv --out submission.csv       ready for Kaggle
            digitml predict --model runs/first/model.onnx --data test.csv --out scores.csv --format scores
            digitml predict --model runs/first/model.onnx --image digit.png                          label and all scores
            digitml predict --model runs/first/model.onnx --image scans/*.png --json
            digitml predict --image digit.png                                                        with the model that comes with DigitML

            A picture among several that cannot be read gets a row with the reason, and the exit code is 1.
            """);
    }

    private sealed record WrittenPredictions(int Rows, string Out, double Seconds, double SamplesPerSecond);
}
