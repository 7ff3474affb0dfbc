using System.CommandLine;
using System.Globalization;
using DigitML.Data;
using DigitML.Data.Checks;
using DigitML.Data.Layouts;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Checks;
using DigitML.Model.Files;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data check FILE [--test-data FILE]</c>: rows that may be wrong, as a list and as pictures.</summary>
internal static class DataCheckCommand
{
    internal static Command Create(Terminal terminal)
    {
        Argument<string> path = DataCommand.FileArgument();
        Option<string?> testData = FileOption.Optional("--test-data", "FILE", "Rows to test on: those that are among the other rows are listed.");
        Option<string?> folder = FileOption.Optional("--out", "DIR", "Folder for check.csv and check.html. [default: checks/NAME]");
        var layout = new LayoutOptions();
        Option<bool> json = FileOption.Json();
        var command = new Command("check", "Lists rows that may be wrong: equal pictures with different labels, test rows among the training rows, empty pictures, repeated rows.")
        {
            path, testData, folder, json,
        };
        layout.AddTo(command);
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(path);
            string? testFile = parsed.GetValue(testData);
            var files = new CheckFiles(parsed.GetValue(folder) ?? DefaultFolder(file), "check", CheckPage.Header);
            files.Check([.. DigitFiles.PathsOf(file), .. testFile is null ? [] : DigitFiles.PathsOf(testFile)]);
            DigitFile rows = DigitFiles.Load(file, new DigitFileOptions { Layout = layout.Read(parsed) });
            terminal.TellReading(file, rows);
            DigitDataset? test = testFile is null ? null : Test(testFile, rows, layout.Read(parsed), terminal);
            terminal.Cancellation.ThrowIfCancellationRequested();
            DatasetCheck check = DatasetCheck.Of(rows.Dataset, test);
            files.Write(CheckPage.Rows(check), CheckPage.Html($"Check of {rows.Dataset.Name}", Subject(rows, test), check));
            if (parsed.GetValue(json)) terminal.WriteJson(new Checked(rows.Dataset.Count, test?.Count, check.Count(RowProblemKind.OtherLabel), check.Count(RowProblemKind.TestRowInTraining), check.Count(RowProblemKind.EmptyPicture), check.Count(RowProblemKind.Duplicate), files.Csv, files.PagePath));
            else Print(check, files, terminal.Output);
        });
        return command.WithExamples("""
            digitml data check train.csv
            digitml data check train.csv --test-data test.csv --out checks/mine
            """);
    }

    /// <summary>Where a check of a file writes if no folder is named: beside the runs, not beside the data.</summary>
    internal static string DefaultFolder(string file)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(file.Replace(':', '-')));
        foreach (string ending in new[] { ".gz", ".csv", ".zip" }) name = name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name[..^ending.Length] : name;
        return Path.Combine("checks", name);
    }

    private static DigitDataset Test(string file, DigitFile rows, FileLayout layout, Terminal terminal)
    {
        DigitFile test = DigitFiles.Load(file, new DigitFileOptions
        {
            Layout = layout, Part = "test", LabelMap = rows.Dataset.LabelMap.Count > 0 ? rows.Dataset.LabelMap : null, TrainingRange = rows.PixelRange, ImageHeight = rows.Dataset.Height, ImageWidth = rows.Dataset.Width,
        });
        terminal.TellReading(file, test);
        return test.Dataset;
    }

    private static string Subject(DigitFile rows, DigitDataset? test) =>
        $"{DisplayText.Count(rows.Dataset.Count, "row")} of {rows.Dataset.Height}x{rows.Dataset.Width}{(test is null ? "" : $" and {DisplayText.Count(test.Count, "test row")}")}; {rows.Reading}";

    private static void Print(DatasetCheck check, CheckFiles files, TextWriter output)
    {
        string[] notes = [.. check.Notes()];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DisplayText.Count(check.Rows.Count, "row")}{(check.Test is null ? "" : $" and {DisplayText.Count(check.Test.Count, "test row")}")}: {(notes.Length == 0 ? "no row stands out" : "")}").TrimEnd());
        foreach (string note in notes) output.WriteLine($"  {note}");
        output.WriteLine($"{files.PagePath}, {files.Csv}");
    }

    private sealed record Checked(int Rows, int? TestRows, int OtherLabel, int TestRowsInTraining, int EmptyPictures, int Duplicates, string List, string Page);
}
