using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;
using DigitML.Training.Terminals;
using Spectre.Console;

namespace DigitML.Tests.Charts;

public class TerminalChartsTests
{
    [Fact]
    public void A_line_goes_from_corner_to_corner()
    {
        string[] lines = Plain(console => TerminalCharts.Write(console, new LineChart("Accuracy", [new Series("[up]", [(1, 0), (5, 1)], 0)], ValueAxis.Linear)));
        Assert.Equal("         Accuracy  ── [up]", lines[0]);
        Assert.Equal(("     1.0┤", '⠉'), (lines[1][..9], lines[1].TrimEnd()[^1]));
        Assert.Equal("     0.0┤⣀", lines[12].TrimEnd()[..10]);
        Assert.Equal($"        └{new string('─', 60)}", lines[13]);
        Assert.Equal($"         1{"epoch 5".PadLeft(59)}", lines[14]);
        int[] ends = [.. lines[1..13].Select(line => line.TrimEnd().Length)];
        Assert.Equal(ends.OrderDescending(), ends);
    }

    [Fact]
    public void A_dashed_line_has_gaps()
    {
        string Row(bool isDashed) => Plain(console => TerminalCharts.Write(console, new LineChart("", [new Series("", [(1, 1), (9, 1)], 0, isDashed)], ValueAxis.Linear))).Single(line => line.Contains('⠒') || line.Contains('⠂') || line.Contains('⠤') || line.Contains('⠄') || line.Contains('⣀') || line.Contains('⡀') || line.Contains('⠉') || line.Contains('⠁'));
        Assert.True(Row(true).Count(cell => cell == ' ') > Row(false).Count(cell => cell == ' ') + 10, $"{Row(true)}\n{Row(false)}");
    }

    [Fact]
    public void A_matrix_shows_its_counts_and_dots_for_none() => Assert.Equal(
        ["actual a [b]", "     a 8   ·", "   [b] 2  12"],
        Plain(console => TerminalCharts.Write(console, new ConfusionCounts([[8, 0], [2, 12]], ["a", "[b]"]))).Select(line => line.TrimEnd()));

    private static string[] Plain(Action<IAnsiConsole> write)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var output = new AnsiConsoleOutput(text);
        write(AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = output }));
        return text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }
}
