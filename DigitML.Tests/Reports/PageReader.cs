using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DigitML.Tests.Reports;

/// <summary>Reads a page of ours as XML: it is, but for elements that HTML leaves open.</summary>
internal static partial class PageReader
{
    internal static XElement Read(string path)
    {
        string html = File.ReadAllText(path);
        Assert.StartsWith("<!DOCTYPE html>\n", html, StringComparison.Ordinal);
        return XDocument.Parse(Void().Replace(html["<!DOCTYPE html>\n".Length..], "<$1$2/>")).Root!;
    }

    /// <summary>The part of a page with the given id.</summary>
    internal static XElement Section(this XElement page, string id) => page.Descendants("section").Single(section => section.Attribute("id")!.Value == id);

    /// <summary>The texts of a table's body, row by row.</summary>
    internal static string[][] Rows(this XElement table) =>
        [.. table.Descendants("tbody").Elements("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];

    [GeneratedRegex("<(meta|img|br)\\b([^>]*)>")]
    private static partial Regex Void();
}
