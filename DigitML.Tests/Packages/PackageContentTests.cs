using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;

namespace DigitML.Tests.Packages;

/// <summary>What the packages of the libraries hold: files, metadata, symbols.</summary>
public sealed class PackageContentTests : IDisposable
{
    // What a project references itself; packages that those bring are named too where their version is pinned.
    private static readonly Dictionary<string, string[]> Dependencies = new()
    {
        ["DigitML.Engine"] = [],
        ["DigitML.Model"] = ["BitMiracle.LibJpeg.NET", "DigitML.Engine", "Google.Protobuf"],
        ["DigitML.Data"] = ["CsvHelper", "DigitML.Model", "Parquet.Net"],
        ["DigitML.MLNet"] =
        [
            "DigitML.Data", "Microsoft.ML", "Microsoft.ML.FastTree", "Microsoft.ML.ImageAnalytics", "Microsoft.ML.LightGbm", "Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxTransformer",
            "SkiaSharp.NativeAssets.Linux.NoDependencies",
        ],
        ["DigitML.Experiments"] = ["CsvHelper", "DigitML.MLNet"],
        ["DigitML.Export"] = ["DigitML.Data"],
        ["DigitML.Server"] = ["DigitML.Data", "Microsoft.AspNetCore.OpenApi"],
    };

    private static readonly string[] PinnedBelow =
    [
        "BitMiracle.LibJpeg.NET", "CommunityToolkit.HighPerformance", "CsvHelper", "Google.Protobuf", "K4os.Compression.LZ4", "Microsoft.IO.RecyclableMemoryStream", "Microsoft.OpenApi", "Parquet.Net",
        "SkiaSharp", "Snappier", "ZstdSharp.Port",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("digitml-packages-").FullName;

    [Fact(Explicit = true)]
    public void Each_package_has_its_README_its_documentation_its_symbols_and_only_libraries()
    {
        PackedLibraries.Pack(folder);
        var versions = new HashSet<string>();
        foreach (string project in PackedLibraries.Projects)
        {
            using ZipArchive package = Open(project, "nupkg"), symbols = Open(project, "snupkg");
            CheckFiles(project, [.. package.Entries.Select(entry => entry.FullName)]);
            XElement metadata = MetadataOf(package, project);
            CheckMetadata(project, metadata);
            versions.Add(metadata.Element(metadata.Name.Namespace + "version")!.Value);
            CheckSymbols(symbols, project);
        }

        Assert.Single(versions);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private ZipArchive Open(string project, string extension) => ZipFile.OpenRead(Assert.Single(Directory.GetFiles(folder, $"{project}.*.{extension}")));

    private static XElement MetadataOf(ZipArchive package, string project)
    {
        using Stream nuspec = package.GetEntry($"{project}.nuspec")!.Open();
        XElement root = XDocument.Load(nuspec).Root!;
        return root.Element(root.Name.Namespace + "metadata")!;
    }

    private static void CheckFiles(string project, string[] files)
    {
        Assert.Contains("README.md", files);
        Assert.Contains("icon.png", files);
        Assert.Equal(
            [$"lib/net10.0/{project}.dll", $"lib/net10.0/{project}.xml"],
            files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        if (project is "DigitML.MLNet" or "DigitML.Data") Assert.Contains($"buildTransitive/{project}.props", files);
        if (project != "DigitML.Export") return;
        Assert.Contains("buildTransitive/DigitML.Export.targets", files);
        Assert.Equal(14, files.Count(file => file.StartsWith("packages/", StringComparison.Ordinal) && file.EndsWith(".nupkg", StringComparison.Ordinal)));
    }

    private static void CheckMetadata(string project, XElement metadata)
    {
        string Text(string name) => metadata.Element(metadata.Name.Namespace + name)?.Value ?? "";
        Assert.Equal((project, "DigitML", "MIT"), (Text("id"), Text("authors"), Text("license")));
        Assert.Equal(("README.md", "icon.png"), (Text("readme"), Text("icon")));
        Assert.NotEmpty(Text("description"));
        Assert.Contains("mnist", Text("tags").Split(' '));
        if (Path.Exists(RepositoryFolder.PathOf(".git"))) Assert.Matches("^[0-9a-f]{40}$", metadata.Element(metadata.Name.Namespace + "repository")!.Attribute("commit")!.Value);

        XElement group = Assert.Single(metadata.Element(metadata.Name.Namespace + "dependencies")!.Elements());
        Assert.Equal("net10.0", group.Attribute("targetFramework")!.Value);
        string[] named = [.. group.Elements().Select(dependency => dependency.Attribute("id")!.Value)], wanted = Dependencies[project];
        Assert.Empty(wanted.Except(named));
        IEnumerable<string> allowed = project is "DigitML.Engine" or "DigitML.Model" ? wanted
            : project == "DigitML.Experiments" ? [.. wanted, .. PinnedBelow, .. Dependencies["DigitML.MLNet"]] : [.. wanted, .. PinnedBelow];
        Assert.Empty(named.Except(allowed));
    }

    // Portable symbols, whose sources have the same paths wherever they were compiled.
    private static void CheckSymbols(ZipArchive symbols, string project)
    {
        using var content = new MemoryStream();
        using (Stream packed = symbols.GetEntry($"lib/net10.0/{project}.pdb")!.Open()) packed.CopyTo(content);
        content.Position = 0;
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(content);
        MetadataReader reader = provider.GetMetadataReader();
        string[] sources = [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))];
        Assert.NotEmpty(sources);
        if (PackedLibraries.AreReleased) Assert.All(sources, source => Assert.StartsWith("/_/", source, StringComparison.Ordinal));
    }
}
