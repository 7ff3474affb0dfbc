using System.Text.RegularExpressions;

namespace DigitML.Tests.Documentation;

/// <summary>Links and pictures of the pages lead somewhere in the repository.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. MarkdownPages.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_somewhere(string page)
    {
        string folder = Path.GetDirectoryName(RepositoryFolder.PathOf(page))!;
        foreach (string link in Link().Matches(MarkdownPages.Text(page)).Select(match => match.Groups["to"].Value).Where(link => !link.Contains("://", StringComparison.Ordinal)))
        {
            string[] parts = link.Split('#');
            string target = parts[0].Length == 0 ? RepositoryFolder.PathOf(page) : Path.Combine(folder, parts[0]);
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to {link}, which does not exist");
            if (parts.Length == 2) Assert.Contains(parts[1], Heading().Matches(File.ReadAllText(target)).Select(match => Anchor(match.Groups[1].Value)));
        }
    }

    // As GitHub makes them.
    private static string Anchor(string heading) => NotInAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("""\]\((?<to>[^)\s]+)\)|src="(?<to>[^"]+)"|href="(?<to>[^"]+)" """)]
    private static partial Regex Link();

    [GeneratedRegex("(?m)^#+ (.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
