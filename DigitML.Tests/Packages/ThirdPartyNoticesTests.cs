using System.Text;
using DigitML.Tests.Documentation;

namespace DigitML.Tests.Packages;

/// <summary>THIRD-PARTY-NOTICES.txt says what the console brings of others, as the nuspec of each package has it; ToolTests compares it with the files of a packed tool.</summary>
public sealed class ThirdPartyNoticesTests
{
    private const string Folder = "licenses";

    [Fact]
    public void Every_bundled_package_is_named_with_its_licence() => GeneratedPart.CheckFile("THIRD-PARTY-NOTICES.txt", Notices());

    [Fact]
    public void The_text_of_every_licence_is_there()
    {
        string[] names = [.. BundledPackages.All().SelectMany(package => package.License.Split(" OR ")[^1].Split(" AND ")).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(names, Directory.GetFiles(RepositoryFolder.PathOf(Folder)).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
    }

    private static string Notices()
    {
        var text = new StringBuilder("""
            The console digitml contains files of the packages below. Their licences are in the folder "licenses"; in a tool package, the licence and the notices that a package
            brings of its own are there too. Where a package offers a choice of licences, the last one named is taken. The digits of MNIST have a licence of their own
            (data/mnist-license.txt). LibJpeg.NET is based in part on the work of the Independent JPEG Group.

            """);
        foreach (BundledPackage package in BundledPackages.All())
        {
            text.Append($"\n{package.Name} {package.Version}\n  {package.License}\n  {package.Copyright.ReplaceLineEndings(" ")}\n");
            if (package.Url.Length > 0) text.Append($"  {package.Url}\n");
            text.Append($"  files: {string.Join(", ", package.Files)}\n");
        }

        return text.ToString();
    }
}
