using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DigitML.Tests.Packages;

/// <summary>What the Dockerfile takes for granted about the repository.</summary>
public sealed partial class ContainerTests
{
    private static readonly string Dockerfile = File.ReadAllText(RepositoryFolder.PathOf("Dockerfile")).ReplaceLineEndings("\n");

    [Fact]
    public void Its_images_are_of_the_SDK_that_global_json_names()
    {
        string sdk = JsonNode.Parse(File.ReadAllText(RepositoryFolder.PathOf("global.json")))!["sdk"]!["version"]!.GetValue<string>();
        string version = string.Join('.', sdk.Split('.')[..2]);
        Assert.Equal(["sdk", "aspnet"], Images().Matches(Dockerfile).Select(image => image.Groups["name"].Value));
        Assert.All(Images().Matches(Dockerfile), image => Assert.Equal(version, image.Groups["tag"].Value));
    }

    [Fact]
    public void What_it_copies_and_publishes_exists()
    {
        string[] copied = [.. Copies().Matches(Dockerfile).Select(copy => copy.Groups["from"].Value)];
        string[] published = [.. Publishes().Matches(Dockerfile).Select(publish => publish.Groups["project"].Value)];
        Assert.NotEmpty(copied);
        Assert.NotEmpty(published);
        Assert.All([.. copied, .. published], path => Assert.True(Path.Exists(RepositoryFolder.PathOf(path)), path));
    }

    /// <summary>The build needs the data, the licences and the icon, and must not take over what was built elsewhere.</summary>
    [Fact]
    public void What_is_ignored_is_no_source() => Assert.Equal(
        [".git", "**/bin", "**/obj", "**/runs", "**/TestResults", "packages"], File.ReadAllLines(RepositoryFolder.PathOf(".dockerignore")));

    [Fact]
    public void No_image_runs_as_root()
    {
        string runtime = Dockerfile[Dockerfile.IndexOf("AS runtime\n", StringComparison.Ordinal)..];
        Assert.Contains("\nUSER $APP_UID\n", runtime, StringComparison.Ordinal);
        Assert.Equal(2, runtime.Split("FROM runtime AS ").Length - 1);
    }

    [GeneratedRegex(@"(?m)^FROM .*?mcr\.microsoft\.com/dotnet/(?<name>[a-z]+):(?<tag>[0-9.]+) AS ")]
    private static partial Regex Images();

    [GeneratedRegex(@"(?m)^COPY (?!--from)(?<from>\S+) ")]
    private static partial Regex Copies();

    [GeneratedRegex(@"(?m)^RUN dotnet publish (?<project>\S+) ")]
    private static partial Regex Publishes();
}
