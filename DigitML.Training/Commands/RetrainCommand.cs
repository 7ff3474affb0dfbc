using System.CommandLine;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml retrain</c>: continues training a model on new rows, which may have new classes.</summary>
internal static class RetrainCommand
{
    internal static Command Create(Terminal terminal, OpenDevice openDevice)
    {
        Option<string> model = FileOption.Required("--model", "FILE|DIR", "The trained model to start from: model.onnx, or the folder of a run.");
        Option<string> data = FileOption.Required("--data", "FILE|DIR", "Labelled rows to train on. Labels that are new to the model become new classes.");
        var options = new TrainingOptions("The recipe whose training settings are used. [default: the model's own, for 5 epochs at a tenth of its learning rate]");
        var command = new Command("retrain", "Continues training a model on new rows, which may have new classes, and writes a run folder.") { model, data };
        var charts = new ChartOptions();
        options.AddTo(command);
        charts.AddTo(command);
        command.SetAction(parsed =>
        {
            charts.Check(parsed, Plots.Names);
            TrainingRequest request = options.Read(parsed, parsed.GetRequiredValue(data), RunFolder.ModelIn(parsed.GetRequiredValue(model)));
            RunOutcome outcome = options.Fill(parsed, terminal, request, () => new TrainingRun(terminal.Environment(openDevice)).Start(request));
            charts.Show(parsed, outcome.Report, terminal, options.WantsJson(parsed));
            OutcomeText.Write(terminal, outcome, options.WantsJson(parsed));
        });
        return command.WithExamples("""
            digitml retrain --model runs/first/model.onnx --data mine.csv
            digitml retrain --model runs/first/model.onnx --data letters.csv --epochs 10 --learning-rate 0.01 --name with-letters

            Known classes keep their keys; new ones come after them. The model forgets what is missing from the new rows:
            include some of the old rows. An ensemble cannot be retrained: retrain its models, then merge them with digitml ensemble.
            """);
    }
}
