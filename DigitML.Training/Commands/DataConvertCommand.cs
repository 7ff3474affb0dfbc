using System.CommandLine;
using System.Text.Json;
using DigitML.Training.Data;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data convert IMAGES [LABELS] OUT.csv[.gz]</c>.</summary>
internal static class DataConvertCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Description = "What to read (IDX images, and their labels where they are not beside them; or a CSV file), then the CSV to write: "
                + "gzipped when its name ends in .gz.",
            HelpName = "IMAGES [LABELS] OUT.csv[.gz]",
            Arity = new ArgumentArity(2, 3),
        };
        files.Validators.Add(result =>
        {
            string output = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
            if (output.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || output.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase)) return;
            result.AddError($"The file to write is \"{output}\"; its name must end in .csv or .csv.gz.");
        });
        var json = new Option<bool>("--json") { Description = "Prints the result as JSON." };
        var command = new Command("convert", "Writes IDX files (or any file that is read here) as CSV in Kaggle's columns: label,pixel0,pixel1,...") { files, json };
        command.SetAction(parse => Convert(parse.GetRequiredValue(files), parse.GetValue(json), parse.InvocationConfiguration));
        return command;
    }

    private static void Convert(string[] files, bool asJson, InvocationConfiguration console)
    {
        DigitFile file = files.Length == 3 ? IdxDigitReader.Read(files[0], files[1], new DigitFileOptions()) : DigitFiles.Load(files[0]);
        string output = files[^1];
        console.Error.WriteLine($"{file.Dataset.Name}: {file.Dataset.Count:N0} rows read; writing {output} ...");
        CsvDigitWriter.Write(output, file.Dataset);
        long size = new FileInfo(output).Length;
        string checksum = DatasetChecksum.Of(file.Dataset);
        console.Output.WriteLine(asJson
            ? JsonSerializer.Serialize(new { file = output, rows = file.Dataset.Count, bytes = size, dataChecksum = checksum })
            : $"{output}: {file.Dataset.Count:N0} rows, {size:N0} bytes");
    }
}
