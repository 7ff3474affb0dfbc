using System.CommandLine;
using DigitML.Data;
using DigitML.Data.Layouts;
using DigitML.Data.Predictions;
using DigitML.Engine;
using DigitML.Engine.Devices;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Models;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;
using DigitML.Experiments.Summaries;
using DigitML.Model;
using DigitML.Model.Files;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml evaluate</c>: metrics, classification report and confusion table of a model on labelled rows.</summary>
internal static class EvaluateCommand
{
    internal static Command Create(Terminal terminal, OpenDevice openDevice)
    {
        var modelOptions = new PredictingModelOptions();
        Option<string> data = FileOption.Required("--data", "FILE|DIR", "Labelled rows.");
        Option<string?> folder = FileOption.Optional("--out", "DIR", "Write metrics.json, predictions.csv and report.html to this folder.");
        Option<string?> confusion = FileOption.Optional("--confusion", "FILE", $"Write the whole confusion matrix to this CSV file; report and metrics.json have at most {ConfusionCounts.MostShown} classes of it.");
        var layout = new LayoutOptions();
        var device = new DeviceOptions();
        var charts = new ChartOptions();
        Option<bool> json = FileOption.Json();
        var command = new Command("evaluate", "Evaluates a model on labelled rows: metrics, classification report, confusion table.");
        modelOptions.AddTo(command);
        foreach (Option option in new Option[] { data, folder, confusion, json }) command.Add(option);
        layout.AddTo(command);
        device.AddTo(command);
        charts.AddTo(command);
        command.SetAction(parsed =>
        {
            using IDevice opened = openDevice(device.Read(parsed));
            using OpenedModel model = modelOptions.Open(parsed, opened, terminal);
            string path = parsed.GetRequiredValue(data);
            if (parsed.GetValue(folder) is string written) CheckFolder(RunFolder.At(written), [modelOptions.FileOf(parsed), .. DigitFiles.PathsOf(path)]);
            if (parsed.GetValue(confusion) is string csv) RunFolder.CheckOutput("--confusion", csv, [modelOptions.FileOf(parsed), .. DigitFiles.PathsOf(path)]);
            charts.Check(parsed, Plots.EvaluationNames);
            DigitFile rows = Read(path, model, layout.Read(parsed));
            terminal.TellReading(path, rows);
            EvaluationResult evaluation = model.Scorer.Evaluate(rows, terminal.Cancellation);
            MetricsFile metrics = MetricsFile.Of(evaluation);
            string again = CommandLineText.Of(["evaluate", .. modelOptions.PathOf(parsed) is { } named ? (string[])["--model", named] : [], "--data", path, .. LayoutWords.Of(layout.Read(parsed)), .. model.Networks is { } networks ? (string[])["--test-time-shifts", $"{networks.TestTimeShift}"] : []]);
            var report = new Report(modelOptions.PathOf(parsed) ?? "The default model", model.Networks, new ReportedEvaluation(evaluation, rows.Dataset, ""), [], Recipe: null, [again]);
            if (parsed.GetValue(folder) is string target) WriteFiles(RunFolder.At(target), metrics, report);
            if (parsed.GetValue(confusion) is string matrix) ConfusionFile.Write(evaluation.Confusion, matrix);
            charts.Show(parsed, report, terminal, parsed.GetValue(json));
            if (parsed.GetValue(json)) terminal.Output.WriteLine(metrics.ToJson().TrimEnd());
            else EvaluationText.Write(terminal, evaluation, "rows", model.Networks is null ? null : ModelText.Averaging(model.Networks));
        });
        return command.WithExamples("""
            digitml evaluate --model runs/first/model.onnx --data data/mnist-test.csv.gz
            digitml evaluate --model runs/first/model.onnx --data test.csv --out evaluations/first
            digitml evaluate --model runs/first/model.onnx --data test.csv --test-time-shifts 1
            digitml evaluate --model runs/first/model.onnx --data test.csv --json

            Rows whose label the model does not know are left out and counted.
            """);
    }

    private static void CheckFolder(RunFolder folder, IEnumerable<string?> inputs)
    {
        if (folder.HoldsRun) throw new DigitMLException($"{folder.Path} holds a run, whose metrics and report would be overwritten; choose another --out.");
        folder.RefuseInputs(inputs);

        // An earlier evaluation is replaced.
        folder.CheckFree(MetricsFile.IsOne(folder.Metrics) ? [] : [folder.Metrics, folder.Predictions, folder.Report], "--out");
    }

    private static void WriteFiles(RunFolder folder, MetricsFile metrics, Report report)
    {
        metrics.Write(folder.Metrics);
        PredictionsFile.Write(report.Evaluation!.Result, folder.Predictions);
        ReportPage.Write(report, folder.Report);
    }

    private static DigitFile Read(string path, OpenedModel opened, FileLayout layout)
    {
        IDigitScorer model = opened.Scorer;
        DigitFile rows = DigitFiles.Load(path, new DigitFileOptions
        {
            Layout = layout,
            Part = "test",
            LabelMap = model.Labels,
            DropUnknownLabels = true,
            RequireLabels = true,
            ImageHeight = model.Height,
            ImageWidth = model.Width,
            TrainingRange = TrainingRange.Of(opened.Networks),
        });
        return rows.Dataset.Count > 0 ? rows : throw new DigitMLException(
            $"{path}: none of its {rows.DroppedRows:N0} rows has a label that the model knows; it knows {DisplayText.Few(model.Labels.Labels)}.");
    }
}
