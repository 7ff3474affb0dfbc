using System.CommandLine;
using DigitML.Training;
using DigitML.Training.Commands;
using DigitML.Training.Terminals;

namespace DigitML.Tests.Terminals;

public class HelpTests
{
    public static TheoryData<string> CommandNames => [.. Root().Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Examples_fit_80_columns_unless_a_command_does_not(string command)
    {
        string[] narrow = Examples(command, 80);
        Assert.All(narrow.Where(line => !line.TrimStart().StartsWith("digitml ", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 80));
        Assert.All(narrow.Where(line => line.Length > 80), line => Assert.DoesNotMatch(@"\S {2,}\S", line));
        Assert.Equal(Words(Examples(command, int.MaxValue)), Words(narrow));
    }

    private static string[] Words(string[] lines) => [.. lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static string[] Examples(string command, int width)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Help.Write(Root().Parse([command, "--help"]), output, width);
        string[] lines = output.ToString().Split('\n');
        return lines[(Array.IndexOf(lines, "Examples:") + 1)..];
    }

    private static RootCommand Root() =>
        DigitMLConsole.CreateRoot(new Terminal(TextWriter.Null, TextWriter.Null, IsInteractive: false, HasColors: false, CancellationToken.None), request => request.Open());
}
