using DigitML.Training.Commands;

namespace DigitML.Tests.Terminals;

public class HelpTests
{
    public static TheoryData<string> CommandNames => [.. QuietConsole.Root().Subcommands.Select(command => command.Name)];

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
        Help.Write(QuietConsole.Root().Parse([command, "--help"]), output, width);
        string[] lines = output.ToString().Split('\n');
        return lines[(Array.IndexOf(lines, "Examples:") + 1)..];
    }
}
