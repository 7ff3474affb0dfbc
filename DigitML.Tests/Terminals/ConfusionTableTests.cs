using DigitML.Experiments.Evaluation;
using DigitML.Tests.Evaluation;
using DigitML.Training.Terminals;

namespace DigitML.Tests.Terminals;

public class ConfusionTableTests
{
    private static readonly string[] Digits = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

    [Fact]
    public void Where_it_fits_it_is_the_table_of_MLNet()
    {
        EvaluationResult evaluation = Matrices.Of(["a", "b"], [[3, 1], [0, 2]]);
        string expected = string.Join('\n', evaluation.Metrics.ConfusionMatrix.GetFormattedConfusionTable().ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.TrimEnd()));
        Assert.Equal(expected, ConfusionTable.Of(evaluation, int.MaxValue));
        Assert.Equal(expected, ConfusionTable.Of(evaluation, 80));
    }

    [Fact]
    public void Ten_digits_fit_80_columns()
    {
        int[][] counts = [.. Enumerable.Range(0, 10).Select(actual => Enumerable.Range(0, 10).Select(predicted => actual == predicted ? 980 : 0).ToArray())];
        counts[4][9] = 20;
        counts[7] = new int[10];
        string[] lines = ConfusionTable.Of(Matrices.Of(Digits, counts), 80).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 79));
        Assert.Equal("actual |   0   1   2   3   4   5   6   7   8   9 | recall", lines[1]);
        Assert.Equal("     4 |   .   .   .   . 980   .   .   .   .  20 | 0.9800", lines[7]);
        Assert.Equal("     7 |   .   .   .   .   .   .   .   .   .   . | -", lines[10]);
    }

    [Fact]
    public void Where_nothing_else_fits_the_most_confused_pairs_are_listed()
    {
        string[] letters = [.. Enumerable.Range(0, 26).Select(letter => $"letter {(char)('a' + letter)}")];
        int[][] counts = [.. Enumerable.Range(0, 26).Select(actual => Enumerable.Range(0, 26).Select(predicted => actual == predicted ? 9 : 0).ToArray())];
        counts[8][11] = 7;
        counts[0][25] = 2;
        Assert.Equal(
            "The confused pairs of labels:\n      7  letter i predicted as letter l\n      2  letter a predicted as letter z",
            ConfusionTable.Of(Matrices.Of(letters, counts), 80));
    }
}
