using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace DigitML.Tests.Packages;

/// <summary>A package of others whose files are in the console's folder and in its tool packages.</summary>
/// <param name="Name">"CsvHelper".</param>
/// <param name="Version">"34.0.0".</param>
/// <param name="License">Its SPDX expression: "MIT".</param>
/// <param name="Copyright">Of the package; its authors if it states none.</param>
/// <param name="Url">Its project page; empty if it states none.</param>
/// <param name="Files">Names of its files, sorted.</param>
internal sealed record BundledPackage(string Name, string Version, string License, string Copyright, string Url, string[] Files);

/// <summary>The packages of others that the console brings: those of which its build, digitml.deps.json, takes files.</summary>
internal static class BundledPackages
{
    // Platforms that the tool is not packed for.
    private static readonly string[] OtherPlatforms = ["android", "ios"];

    // What the pages say that packages link to instead of naming their licence.
    private static readonly Dictionary<string, string> LinkedLicenses = new() { ["https://github.com/MiloszKrajewski/K4os.Compression.LZ4/blob/master/LICENSE?raw=true"] = "MIT" };

    internal static IEnumerable<BundledPackage> All()
    {
        JsonNode built = Parse(Path.Combine(AppContext.BaseDirectory, "digitml.deps.json")), libraries = built["libraries"]!;
        JsonObject target = built["targets"]!.AsObject().Single().Value!.AsObject();
        foreach ((string id, JsonNode? assets) in target.OrderBy(entry => entry.Key.Split('/')[0], StringComparer.OrdinalIgnoreCase))
        {
            if (libraries[id]!["type"]!.GetValue<string>() != "package") continue;
            string[] files = [.. FilesOf(assets!).Select(file => file.Split('/')[^1]).Distinct().Order(StringComparer.Ordinal)];
            if (files.Length > 0) yield return Read(id.Split('/'), FolderOf(libraries[id]!["path"]!.GetValue<string>()), files);
        }
    }

    private static IEnumerable<string> FilesOf(JsonNode assets) =>
        from kind in new[] { "runtime", "native", "runtimeTargets" }
        from file in assets[kind]?.AsObject() ?? []
        where !OtherPlatforms.Contains(file.Value!["rid"]?.GetValue<string>())
        select file.Key;

    private static BundledPackage Read(string[] id, string folder, string[] files)
    {
        XElement metadata = XDocument.Load(Assert.Single(Directory.GetFiles(folder, "*.nuspec"))).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        string Text(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim() ?? "";
        XElement? license = metadata.Elements().SingleOrDefault(element => element.Name.LocalName == "license");
        string expression = license?.Attribute("type")!.Value == "expression" ? license.Value
            : LinkedLicenses.TryGetValue(Text("licenseUrl"), out string? linked) ? linked
            : NameOf(File.ReadAllText(Path.Combine(folder, license?.Value ?? "license.txt")));
        return new BundledPackage(id[0], id[1], expression, Text("copyright") is { Length: > 0 } copyright ? copyright : Text("authors"), Text("projectUrl"), files);
    }

    private static string NameOf(string license) =>
        license.StartsWith("MIT License", StringComparison.Ordinal) ? "MIT"
        : license.StartsWith("**LibJpeg.Net**", StringComparison.Ordinal) && license.Contains("Independent JPEG Group", StringComparison.Ordinal) ? "BSD-3-Clause AND IJG"
        : throw new InvalidOperationException($"Which licence is this?\n{license}");

    private static string FolderOf(string path) => Parse(RepositoryFolder.PathOf("DigitML.Training/obj/project.assets.json"))["packageFolders"]!.AsObject()
        .Select(folder => Path.Combine(folder.Key, path)).First(Directory.Exists);

    private static JsonNode Parse(string path) => JsonNode.Parse(File.ReadAllText(path))!;
}
