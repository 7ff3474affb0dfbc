using System.CommandLine;
using System.Globalization;
using DigitML.Data;
using DigitML.Data.Checks;
using DigitML.Engine.Datasets;
using DigitML.Model.Files;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data info FILE</c>: rows, sizes, classes, pixels.</summary>
internal static class DataInfoCommand
{
    internal static Command Create(Terminal terminal)
    {
        Argument<string> path = DataCommand.FileArgument();
        var layout = new LayoutOptions();
        Option<bool> json = FileOption.Json();
        var command = new Command("info", "Shows what a data file holds: rows, image size, rows per class.") { path, json };
        layout.AddTo(command);
        command.SetAction(parsed =>
        {
            Info info = Describe(DigitFiles.Load(parsed.GetRequiredValue(path), new DigitFileOptions { Layout = layout.Read(parsed) }));
            if (parsed.GetValue(json)) terminal.WriteJson(info);
            else Print(info, terminal.Output);
        });
        return command.WithExamples("""
            digitml data info data/mnist-train.csv.gz
            digitml data info train-images-idx3-ubyte --json
            """);
    }

    private static Info Describe(DigitFile file)
    {
        DigitDataset dataset = file.Dataset;
        var counts = new int[dataset.LabelMap.Count];
        foreach (int key in dataset.Labels)
        {
            if (key != DigitDataset.NoLabel) counts[key]++;
        }

        long sum = 0, squares = 0;
        foreach (byte pixel in dataset.Pixels)
        {
            sum += pixel;
            squares += pixel * pixel;
        }

        double mean = (double)sum / dataset.Pixels.Length;
        double deviation = Math.Sqrt(Math.Max((double)squares / dataset.Pixels.Length - mean * mean, 0));
        string[] notes = [.. DatasetCheck.Of(dataset).Notes()];
        return new Info(
            dataset.Name, file.Format, file.Reading, dataset.Count, dataset.Height, dataset.Width, dataset.IsLabelled,
            [.. dataset.LabelMap.Labels.Select((label, key) => new ClassRows(label, counts[key]))],
            mean, deviation, DatasetChecksum.Of(dataset), notes);
    }

    private static void Print(Info info, TextWriter output)
    {
        string classes = info.Classes.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"{info.Classes.Length:N0} class{(info.Classes.Length == 1 ? "" : "es")}") : "no labels";
        Line($"{info.File}: {info.Format}, {DisplayText.Count(info.Rows, "row")} of {info.Height}x{info.Width} pixels, {classes}");
        output.WriteLine(info.Reading);
        Line($"pixels: mean {info.PixelMean:F2}, standard deviation {info.PixelDeviation:F2}");
        Line($"checksum: {info.DataChecksum}");
        foreach (string note in info.Notes) output.WriteLine($"note: {note}; digitml data check lists them");
        if (info.Classes.Length == 0) return;
        int width = Math.Max(info.Classes.Max(entry => entry.Label.Length), "label".Length);
        output.WriteLine();
        Line($"{"label".PadRight(width)}  {"rows",9}  {"share",8}");
        foreach (ClassRows entry in info.Classes) Line($"{entry.Label.PadRight(width)}  {entry.Rows,9:N0}  {100.0 * entry.Rows / info.Rows,6:F2} %");

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    private sealed record ClassRows(string Label, int Rows);

    private sealed record Info(
        string File, string Format, string Reading, int Rows, int Height, int Width, bool IsLabelled, ClassRows[] Classes,
        double PixelMean, double PixelDeviation, string DataChecksum, string[] Notes);
}
