using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace DigitML.Benchmarks;

/// <summary>
/// Runs all sides of a comparison in turn, several rounds of them, so that the machine's drift in speed affects all alike, and writes medians and ratios to
/// <c>results/{cpu}</c>. With <c>--only TEXT</c> it measures only the comparisons whose name contains the text, and just prints them.
/// </summary>
internal static class SideBySide
{
    internal static void Run(string name, IEnumerable<Comparison> comparisons, Options options)
    {
        int rounds = options.Number("--rounds", 5);
        string only = options.Text("--only", "");
        Result[] results = [.. comparisons.Where(comparison => comparison.PlainName.Contains(only, StringComparison.Ordinal)).Select(comparison => Measure(comparison, rounds))];
        Console.WriteLine(Table(results));
        if (only.Length == 0) Console.WriteLine(ResultFiles.Write(name, results, Table(results)));
    }

    private static Result Measure(Comparison comparison, int rounds)
    {
        Contestant[] sides = [comparison.Ours, .. comparison.Others];
        var answers = new JsonObject[rounds][];
        using BusyProcessor? busy = comparison.BesideBusyProcessor ? new BusyProcessor() : null;
        for (int round = 0; round < rounds; round++)
        {
            answers[round] = [.. sides.Select(side => side.Run())];
            string figures = string.Join(", ", sides.Select((side, i) => string.Create(CultureInfo.InvariantCulture, $"{side.NameIn(answers[round][i])} {side.FigureIn(answers[round][i]):N0}")));
            Console.Error.WriteLine($"{comparison.PlainName} {round + 1}/{rounds}: {figures} {comparison.Unit}");
        }

        double[] ours = FiguresOf(0);
        Row[] rows = [.. comparison.Others.Select((other, i) => new Row(
            other.NameIn(answers[0][i + 1]), Median(FiguresOf(i + 1), 1), Median([.. ours.Zip(FiguresOf(i + 1), (our, their) => our / their)], 2)))];
        return new Result(comparison.Name, comparison.Work.BatchSize, comparison.Work.Threads, comparison.Unit, Median(ours, 1), rows, answers);

        double[] FiguresOf(int side) => [.. answers.Select(round => sides[side].FigureIn(round[side]))];
    }

    private static double Median(double[] values, int decimals) => Math.Round(Statistics.Median(values), decimals);

    private static string Table(Result[] results)
    {
        var text = new StringBuilder();
        text.Append("| work | batch | threads | DigitML | against | | ratio |\n|---|---:|---:|---:|---|---:|---:|\n");
        foreach (Result result in results)
        {
            foreach (Row row in result.Rows)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| {result.Work} | {result.BatchSize} | {result.Threads} | {result.Figure:N0} {result.Unit} | {row.Against} | {row.Figure:N0} {result.Unit} | {row.MedianRatio:0.00}x |\n");
            }
        }

        return text.ToString();
    }

    /// <param name="Work">Name of the comparison.</param>
    /// <param name="BatchSize">Images per batch.</param>
    /// <param name="Threads">Number of threads.</param>
    /// <param name="Unit">Unit of the figures.</param>
    /// <param name="Figure">Median of our figures.</param>
    /// <param name="Rows">One per other side.</param>
    /// <param name="Rounds">The answers of all sides in each round, ours first.</param>
    private sealed record Result(string Work, int BatchSize, int Threads, string Unit, double Figure, Row[] Rows, JsonObject[][] Rounds);

    /// <param name="Against">Name and version of the other side.</param>
    /// <param name="Figure">Median of its figures.</param>
    /// <param name="MedianRatio">Median over the rounds of our figure divided by its figure.</param>
    private sealed record Row(string Against, double Figure, double MedianRatio);
}
