using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DigitML.Tests.Documentation;

/// <summary>The docstrings of the libraries' types, as plain text.</summary>
internal static partial class XmlDocs
{
    private static readonly Dictionary<string, XElement> Members = new[] { "DigitML.Engine", "DigitML.Data" }
        .SelectMany(library => XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{library}.xml")).Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value);

    internal static string Summary(Type type) => Text(Members[$"T:{type.FullName}"].Element("summary")!);

    /// <summary>Of a record's property: its parameter in the docstring of the record.</summary>
    internal static string Property(Type type, string name) =>
        Text(Members[$"T:{type.FullName}"].Elements("param").Single(parameter => parameter.Attribute("name")!.Value == name));

    internal static string EnumMember(FieldInfo field) => Text(Members[$"F:{field.DeclaringType!.FullName}.{field.Name}"].Element("summary")!);

    // References become the name as it is written in JSON.
    private static string Text(XElement element)
    {
        IEnumerable<string> parts = element.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "paramref" } reference => $"`{JsonName(reference.Attribute("name")!.Value)}`",
            XElement { Name.LocalName: "see" } reference => $"`{reference.Attribute("cref")!.Value.Split('.')[^1]}`",
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            _ => node.ToString(),
        });
        return Spaces().Replace(System.Net.WebUtility.HtmlDecode(string.Concat(parts)), " ").Trim();
    }

    internal static string JsonName(string property) => char.ToLowerInvariant(property[0]) + property[1..];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
