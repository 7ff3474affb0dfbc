using System.CommandLine;
using System.Globalization;
using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Experiments.RunFiles;
using DigitML.Model.Files;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data sample FILE [--rows N ...] [--out F.png]</c>: a picture of the data, in the terminal or as a file.</summary>
internal static class DataSampleCommand
{
    private const int PictureColumns = 10, TerminalWidth = 80;

    internal static Command Create(Terminal terminal)
    {
        Argument<string> path = DataCommand.FileArgument();
        Option<int[]?> rows = RowsOption();
        Option<string?> picture = FileOption.Optional(
            "--out", "FILE.png", "Write a PNG picture (ten rows per class) instead of drawing in the terminal (one row per class).");
        picture.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: var name }] || name.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) return;
            result.AddError($"--out is \"{name}\"; it must name a .png file.");
        });
        var layout = new LayoutOptions();
        Option<bool> json = FileOption.Json();
        var command = new Command("sample", "Shows rows of a data file as pictures.") { path, rows, picture, json };
        layout.AddTo(command);
        command.SetAction(parsed =>
        {
            string? file = parsed.GetValue(picture);
            if (file is not null) RunFolder.CheckOutput("--out", file, DigitFiles.PathsOf(parsed.GetRequiredValue(path)));
            DigitFile read = DigitFiles.Load(parsed.GetRequiredValue(path), new DigitFileOptions { Layout = layout.Read(parsed) });
            terminal.TellReading(parsed.GetRequiredValue(path), read);
            DigitDataset dataset = read.Dataset;
            terminal.Cancellation.ThrowIfCancellationRequested();
            int[] chosen = Chosen(dataset, parsed.GetValue(rows)) ?? DatasetSample.OfEveryClass(dataset, file is null ? 1 : PictureColumns);
            if (file is not null) DatasetSample.Picture(dataset, chosen, PictureColumns).SavePng(file);
            if (parsed.GetValue(json)) terminal.WriteJson(Describe(dataset, chosen, file));
            else if (file is not null) terminal.Output.WriteLine($"{file}: {DisplayText.Count(chosen.Length, "row")} of {dataset.Name}");
            else terminal.Output.Write(HalfBlocks.Draw(dataset, chosen, Width()));
        });
        return command.WithExamples("""
            digitml data sample data/mnist-train.csv.gz
            digitml data sample data/mnist-train.csv.gz --rows 17 60000
            digitml data sample data/mnist-train.csv.gz --out digits.png
            """);
    }

    private static Option<int[]?> RowsOption() => new("--rows")
    {
        Description = "The rows to show, counted from 1.",
        HelpName = "N ...",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result =>
        {
            var rows = new int[result.Tokens.Count];
            for (int i = 0; i < rows.Length; i++)
            {
                string text = result.Tokens[i].Value;
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out rows[i]) && rows[i] > 0) continue;
                result.AddError($"--rows is \"{text}\"; a row is a whole number of at least 1.");
                return null;
            }

            return rows;
        },
    };

    private static int[]? Chosen(DigitDataset dataset, int[]? rows)
    {
        if (rows is null or []) return null;
        if (Array.Find(rows, row => row > dataset.Count) is int missing and > 0)
        {
            throw new DigitMLException($"{dataset.Name} has rows 1 to {dataset.Count:N0}; there is no row {missing}.");
        }

        return [.. rows.Select(row => row - 1)];
    }

    private static Sample Describe(DigitDataset dataset, int[] rows, string? picture) => new(
        dataset.Name, dataset.Height, dataset.Width, picture,
        [.. rows.Select(row => new SampleRow(row + 1, DatasetSample.LabelOf(dataset, row), [.. dataset.Image(row)]))]);

    private static int Width() => Console.IsOutputRedirected ? TerminalWidth : Math.Max(Console.WindowWidth, 1);

    private sealed record Sample(string File, int Height, int Width, string? Picture, SampleRow[] Rows);

    // As numbers: bytes would be written as base64.
    private sealed record SampleRow(int Row, string? Label, int[] Pixels);
}
