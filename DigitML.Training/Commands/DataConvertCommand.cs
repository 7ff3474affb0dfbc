using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DigitML.Data;
using DigitML.Experiments.RunFiles;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data convert IMAGES [LABELS] OUT.csv[.gz]</c>.</summary>
internal static class DataConvertCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "What to read (IDX images, and their labels where they are not beside them; or a CSV file), then the CSV to write: "
                + "gzipped when its name ends in .gz.",
            HelpName = "IMAGES [LABELS] OUT.csv[.gz]",
            Arity = new ArgumentArity(0, 3),
        };
        Option<bool> json = FileOption.Json();
        var command = new Command("convert", "Writes IDX files (or any file that is read here) as CSV in Kaggle's columns: label,pixel0,pixel1,...")
        {
            files, json,
        };
        command.Validators.Add(result =>
        {
            string[] names = [.. (result.GetResult(files)?.Tokens ?? []).Select(token => token.Value)];
            if (names.Length < 2) result.AddError("A file to read and a file to write are needed: IMAGES [LABELS] OUT.csv[.gz].");
            else if (!IsCsv(names[^1])) result.AddError($"The file to write is \"{names[^1]}\"; its name must end in .csv or .csv.gz.");
        });
        command.SetAction(parse => Convert(parse.GetRequiredValue(files), parse.GetValue(json), parse.InvocationConfiguration));
        return command.WithExamples("""
            digitml data convert train-images-idx3-ubyte train.csv.gz              the labels are found beside the images
            digitml data convert images.idx labels.idx train.csv
            digitml data convert train.csv train.csv.gz                            packs a CSV file
            """);
    }

    private static bool IsCsv(string name) =>
        name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);

    private static void Convert(string[] files, bool asJson, InvocationConfiguration console)
    {
        string output = files[^1];
        OutputFile.RefuseInput("file to write", output, files.Length == 3 ? files[..2] : DigitFiles.PathsOf(files[0]));
        DigitFile file = files.Length == 3 ? IdxDigitReader.Read(files[0], files[1], new DigitFileOptions()) : DigitFiles.Load(files[0]);
        string count = file.Dataset.Count.ToString("N0", CultureInfo.InvariantCulture);
        console.Error.WriteLine($"{file.Dataset.Name}: {count} rows read; writing {output} ...");
        CsvDigitWriter.Write(output, file.Dataset);
        long size = new FileInfo(output).Length;
        string checksum = DatasetChecksum.Of(file.Dataset);
        console.Output.WriteLine(asJson
            ? JsonSerializer.Serialize(new { file = output, rows = file.Dataset.Count, bytes = size, dataChecksum = checksum }, ResultJson.Options)
            : string.Create(CultureInfo.InvariantCulture, $"{output}: {count} rows, {size:N0} bytes"));
    }
}
