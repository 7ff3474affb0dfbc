using System.CommandLine;
using System.Globalization;
using DigitML.Data;
using DigitML.Data.Layouts;
using DigitML.Experiments.RunFiles;
using DigitML.Model.Files;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data convert DATA [LABELS] OUT</c>.</summary>
internal static class DataConvertCommand
{
    internal static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "The file or folder to read, with its labels unless those are in it or beside it, then the file to write, whose name says its format: .csv, .csv.gz, .npz, .parquet, "
                + "or IDX images such as train-images-idx3-ubyte[.gz], with their labels beside them.",
            HelpName = "DATA [LABELS] OUT",
            Arity = new ArgumentArity(0, 3),
        };
        var layout = new LayoutOptions();
        Option<bool> json = FileOption.Json();
        var command = new Command("convert", "Converts any data that is read to CSV with Kaggle's columns (label,pixel0,pixel1,...), an IDX pair, numpy's .npz or Parquet.")
        {
            files, json,
        };
        layout.AddTo(command);
        command.Validators.Add(result =>
        {
            string[] names = [.. (result.GetResult(files)?.Tokens ?? []).Select(token => token.Value)];
            if (names.Length < 2) result.AddError("Name a file to read and a file to write: DATA [LABELS] OUT.");
            else if (!DigitFileWriter.IsKnown(names[^1])) result.AddError($"The file to write is \"{names[^1]}\"; {DigitFileWriter.Names}.");
        });
        command.SetAction(parse => Convert(parse.GetRequiredValue(files), layout.Read(parse), parse.GetValue(json), terminal));
        return command.WithExamples("""
            digitml data convert train-images-idx3-ubyte train.csv.gz              the labels are found beside the images
            digitml data convert images.idx labels.idx train.csv
            digitml data convert train.csv train.csv.gz                            compresses a CSV file
            digitml data convert digits.zip train.parquet                          pictures as columns of pixels
            digitml data convert train.csv train-images-idx3-ubyte                 writes train-labels-idx1-ubyte too
            """);
    }

    private static void Convert(string[] files, FileLayout layout, bool asJson, Terminal terminal)
    {
        string output = files[^1];
        string[] inputs = files.Length == 3 ? files[..2] : [.. DigitFiles.PathsOf(files[0])];
        foreach (string written in DigitFileWriter.FilesOf(output)) RunFolder.CheckOutput("file to write", written, inputs);
        DigitFile file = DigitFiles.Load(files[0], new DigitFileOptions { Layout = layout, LabelsFile = files.Length == 3 ? files[1] : null });
        terminal.Cancellation.ThrowIfCancellationRequested();
        string count = DisplayText.Count(file.Dataset.Count, "row");
        terminal.TellReading(file.Dataset.Name, file);
        terminal.Error.WriteLine($"{file.Dataset.Name}: {count} read; writing {output} ...");
        DigitFileWriter.Write(output, file.Dataset, terminal.Cancellation);
        string[] filesWritten = [.. DigitFileWriter.FilesOf(output).Take(file.Dataset.IsLabelled ? 2 : 1)];
        long size = filesWritten.Sum(name => new FileInfo(name).Length);
        if (asJson) terminal.WriteJson(new Converted(output, file.Dataset.Count, size, DatasetChecksum.Of(file.Dataset)));
        else terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{string.Join(" and ", filesWritten)}: {count}, {size:N0} bytes"));
    }

    private sealed record Converted(string File, int Rows, long Bytes, string DataChecksum);
}
