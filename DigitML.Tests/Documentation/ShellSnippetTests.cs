using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using DigitML.Tests.EndToEnd;
using DigitML.Tests.Terminals;
using DigitML.Training.Commands;

namespace DigitML.Tests.Documentation;

/// <summary>The commands in README, docs and help can be typed: the console takes them, and the projects and files they name exist. A slow test runs them.</summary>
public sealed partial class ShellSnippetTests
{
    private const string FromClone = "dotnet run -c Release --project DigitML.Training -- ", Benchmarks = "dotnet run -c Release --project DigitML.Benchmarks -- ";

    // Programs that are not DigitML's; ToolTests packs, installs and uses the packages.
    private static readonly string[] OtherPrograms = ["dotnet ", ".ci/", "docker ", "curl ", "npm ", "debootstrap ", "mount ", "mkdir "];

    public static TheoryData<string> Pages => [.. MarkdownPages.All.Where(page => Lines(page).Any() || InlineCommands(page).Any())];

    public static TheoryData<string> CommandNames => [.. QuietConsole.Root().Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_commands_of_a_page_can_be_typed(string page)
    {
        foreach (string line in Lines(page))
        {
            if (ArgumentsOf(line) is { } arguments) Assert.Null(Mistake(line, arguments));
            else if (line.StartsWith(Benchmarks, StringComparison.Ordinal)) AssertBenchmark(line[Benchmarks.Length..].Split(' ')[0]);
            else Assert.True(OtherPrograms.Any(program => line.StartsWith(program, StringComparison.Ordinal)), $"{page} shows a command of an unknown program: {line}");
            foreach (string project in Project().Matches(line).Select(match => match.Value)) Assert.True(Path.Exists(RepositoryFolder.PathOf(project)), $"{page} names {project}, which does not exist");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_commands_in_the_text_of_a_page_have_the_options_they_name(string page) =>
        Assert.Equal([], InlineCommands(page).SelectMany(UnknownWords));

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void The_examples_of_a_help_page_can_be_typed(string command)
    {
        ConsoleRun help = ConsoleRun.Of(command, "--help");
        string[] examples = [.. help.Output[help.Output.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("digitml ", StringComparison.Ordinal))];
        Assert.NotEmpty(examples);
        Assert.Equal([], examples.Select(line => Mistake(line, ArgumentsOf(WithoutComment(line))!)).OfType<string>());
    }

    /// <summary>The commands in the blocks of a page that have no language or are shell code, without comments.</summary>
    internal static IEnumerable<string> Lines(string page) =>
        Block().Matches(MarkdownPages.Text(page)).Where(block => block.Groups["language"].Value is "" or "sh").SelectMany(block => block.Groups["code"].Value.Split('\n')).Select(WithoutComment).Where(line => line.Length > 0);

    /// <summary>What follows <c>digitml</c> in a command, or null for other programs.</summary>
    internal static string[]? ArgumentsOf(string line) =>
        line.StartsWith(FromClone, StringComparison.Ordinal) ? [.. CommandLineParser.SplitCommandLine(line[FromClone.Length..])]
        : line.StartsWith("digitml ", StringComparison.Ordinal) ? [.. CommandLineParser.SplitCommandLine(line["digitml ".Length..]).TakeWhile(word => word is not (">" or "<" or "|"))]
        : null;

    // Of alternatives such as info\|sample, the first; an ellipsis stands for more of the same.
    private static IEnumerable<string> InlineCommands(string page) =>
        from match in InlineCode().Matches(MarkdownPages.Text(page))
        let line = Alternatives().Replace(match.Groups[1].Value, "").Replace(" ...", "", StringComparison.Ordinal)
        where !line.EndsWith("<command>", StringComparison.Ordinal)
        select line;

    private static string? Mistake(string line, string[] arguments)
    {
        ParseResult parsed = QuietConsole.Root().Parse(arguments);
        return parsed.Errors.Count == 0 ? null : $"{line}: {UsageError.Describe(parsed)}";
    }

    // The text around a command may leave out what it requires; the command itself and its options must be there.
    private static IEnumerable<string> UnknownWords(string line)
    {
        Command command = QuietConsole.Root();
        string[] words = ArgumentsOf(line)!;
        foreach (string word in words.TakeWhile(_ => command.Subcommands.Count > 0))
        {
            if (command.Subcommands.FirstOrDefault(below => below.Name == word) is not { } below)
            {
                yield return $"{line}: {word}";
                yield break;
            }

            command = below;
        }

        foreach (string word in words.Where(word => word.StartsWith("--", StringComparison.Ordinal) && word != "--help" && command.Options.All(option => option.Name != word) && word is not ("--quiet" or "--verbose"))) yield return $"{line}: {word}";
    }

    private static void AssertBenchmark(string name) =>
        Assert.Contains($"case [\"{name}\"", File.ReadAllText(RepositoryFolder.PathOf("DigitML.Benchmarks/Program.cs")), StringComparison.Ordinal);

    private static string WithoutComment(string line) => Comment().Replace(line, "").Trim();

    [GeneratedRegex("(?sm)^```(?<language>\\w*)\n(?<code>.*?)^```$")]
    private static partial Regex Block();

    [GeneratedRegex("`((?:digitml|dotnet run -c Release --project DigitML.Training --) [^`]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\\\|[\w|\\]+")]
    private static partial Regex Alternatives();

    [GeneratedRegex(@" {2,}.*$|(?:^|\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(?:DigitML\.[A-Za-z.]+|samples/\w+)(?= |$)")]
    private static partial Regex Project();
}
