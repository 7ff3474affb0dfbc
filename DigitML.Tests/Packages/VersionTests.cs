using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DigitML.Tests.Packages;

/// <summary>The places that name a version agree.</summary>
public sealed partial class VersionTests
{
    private static readonly XElement Properties = XDocument.Load(RepositoryFolder.PathOf("Directory.Build.props")).Root!;

    [Fact]
    public void Sources_without_tags_have_a_preview_of_the_first_version()
    {
        string minimum = Property("MinVerMinimumMajorMinor");
        Assert.Equal($"{minimum}.0-alpha.0", Property("Version"));
        string newest = NewestVersion().Match(File.ReadAllText(RepositoryFolder.PathOf("CHANGELOG.md"))).Groups["version"].Value;
        Assert.True(Version.Parse(newest) >= Version.Parse($"{minimum}.0"), newest);
    }

    [Fact]
    public void A_release_begins_with_a_tag_that_gives_the_version() =>
        Assert.Contains($"tags: [\"{Property("MinVerTagPrefix")}*\"]", File.ReadAllText(RepositoryFolder.PathOf(".github/workflows/release.yml")), StringComparison.Ordinal);

    private static string Property(string name) => Assert.Single(Properties.Descendants(name)).Value;

    [GeneratedRegex(@"(?m)^## (Unreleased: )?(?<version>\d+\.\d+\.\d+)")]
    private static partial Regex NewestVersion();
}
