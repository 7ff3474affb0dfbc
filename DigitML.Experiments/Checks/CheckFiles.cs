using System.Globalization;
using CsvHelper;
using DigitML.Data.Checks;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Files;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;
using DigitML.Model.Files;

namespace DigitML.Experiments.Checks;

/// <summary>The rows that a check or a search for wrong labels found, as a CSV file and a page with pictures.</summary>
/// <param name="folder">The folder of both files.</param>
/// <param name="name">Their name without its ending.</param>
/// <param name="header">The columns of the CSV file.</param>
internal sealed class CheckFiles(string folder, string name, string[] header)
{
    /// <summary>The list.</summary>
    internal string Csv => Path.Combine(folder, name + ".csv");

    /// <summary>The page.</summary>
    internal string PagePath => Path.Combine(folder, name + ".html");

    /// <summary>Refuses, before the work, files that cannot be written or that are not of an earlier list.</summary>
    /// <exception cref="DigitMLException">They cannot be written, are read, or are somebody's own.</exception>
    internal void Check(params IEnumerable<string?> inputs)
    {
        string?[] all = [.. inputs];
        RunFolder.CheckOutput("--out", Csv, all);
        RunFolder.CheckOutput("--out", PagePath, all);
        bool isOurs = File.Exists(Csv) && File.ReadLines(Csv).FirstOrDefault() == string.Join(',', header);
        if (!isOurs && (File.Exists(Csv) || File.Exists(PagePath))) throw new DigitMLException($"{folder} already holds {Path.GetFileName(File.Exists(Csv) ? Csv : PagePath)}; choose another --out.");
    }

    /// <summary>Writes both files atomically.</summary>
    /// <exception cref="DigitMLException">They cannot be written.</exception>
    internal void Write(IEnumerable<IReadOnlyList<string>> rows, string html)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            foreach (IReadOnlyList<string> row in rows.Prepend(header))
            {
                foreach (string cell in row) csv.WriteField(cell);
                csv.EndRecord();
            }
        }

        AtomicFile.WriteText(Csv, text.ToString());
        AtomicFile.WriteText(PagePath, html);
    }

    /// <summary>The number of a row for people, who count from 1.</summary>
    internal static string RowText(int row) => (row + 1).ToString(CultureInfo.InvariantCulture);
}
