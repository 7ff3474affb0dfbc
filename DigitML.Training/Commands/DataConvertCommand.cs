using System.CommandLine;
using System.Globalization;
using DigitML.Data;
using DigitML.Data.Layouts;
using DigitML.Experiments.RunFiles;
using DigitML.Model.Files;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data convert IMAGES [LABELS] OUT.csv[.gz]</c>.</summary>
internal static class DataConvertCommand
{
    internal static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "The files to read (IDX images, with their labels unless those are in the same folder; or a CSV file), then the CSV file to write, "
                + "gzipped if its name ends in .gz.",
            HelpName = "IMAGES [LABELS] OUT.csv[.gz]",
            Arity = new ArgumentArity(0, 3),
        };
        var layout = new LayoutOptions();
        Option<bool> json = FileOption.Json();
        var command = new Command("convert", "Converts IDX files, or any other data file, to CSV with Kaggle's columns: label,pixel0,pixel1,...")
        {
            files, json,
        };
        layout.AddTo(command);
        command.Validators.Add(result =>
        {
            string[] names = [.. (result.GetResult(files)?.Tokens ?? []).Select(token => token.Value)];
            if (names.Length < 2) result.AddError("Name a file to read and a file to write: IMAGES [LABELS] OUT.csv[.gz].");
            else if (!IsCsv(names[^1])) result.AddError($"The file to write is \"{names[^1]}\"; its name must end in .csv or .csv.gz.");
        });
        command.SetAction(parse => Convert(parse.GetRequiredValue(files), layout.Read(parse), parse.GetValue(json), terminal));
        return command.WithExamples("""
            digitml data convert train-images-idx3-ubyte train.csv.gz              the labels are found beside the images
            digitml data convert images.idx labels.idx train.csv
            digitml data convert train.csv train.csv.gz                            compresses a CSV file
            """);
    }

    private static bool IsCsv(string name) =>
        name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);

    private static void Convert(string[] files, FileLayout layout, bool asJson, Terminal terminal)
    {
        string output = files[^1];
        RunFolder.CheckOutput("file to write", output, files.Length == 3 ? files[..2] : DigitFiles.PathsOf(files[0]));
        DigitFile file = DigitFiles.Load(files[0], new DigitFileOptions { Layout = layout, LabelsFile = files.Length == 3 ? files[1] : null });
        terminal.Cancellation.ThrowIfCancellationRequested();
        string count = DisplayText.Count(file.Dataset.Count, "row");
        terminal.Error.WriteLine($"{file.Dataset.Name}: {file.Reading}");
        terminal.Error.WriteLine($"{file.Dataset.Name}: {count} read; writing {output} ...");
        CsvDigitWriter.Write(output, file.Dataset, terminal.Cancellation);
        long size = new FileInfo(output).Length;
        if (asJson) terminal.WriteJson(new Converted(output, file.Dataset.Count, size, DatasetChecksum.Of(file.Dataset)));
        else terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output}: {count}, {size:N0} bytes"));
    }

    private sealed record Converted(string File, int Rows, long Bytes, string DataChecksum);
}
