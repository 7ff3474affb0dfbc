using System.Globalization;
using System.Text;
using System.Text.Json;
using DigitML.Engine.Cpu;

namespace DigitML.Benchmarks;

/// <summary>
/// Runs DigitML and its peers on the same work in turn, so that the machine's drift in speed affects both alike, and writes medians and ratios
/// to <c>results/{cpu}/side-by-side</c>. With <c>--only TEXT</c> it measures only the rows whose name contains the text, and just prints them.
/// </summary>
internal static class SideBySide
{
    private const string Big = "keras-cnn", Small = "compact-9768";

    internal static void Run(Options options)
    {
        int pairs = options.Number("--pairs", 5), threads = options.Number("--threads", 2), seconds = options.Number("--seconds", 4);
        string only = options.Text("--only", "");
        using var models = new PeerModels();
        Comparison[] chosen = [.. Cases(threads, seconds, models).Where(c => c.PlainName.Contains(only, StringComparison.Ordinal))];
        Row[] rows = [.. chosen.Select(comparison => Measure(comparison, pairs))];
        Console.WriteLine(Table(rows));
        if (only.Length == 0) Console.WriteLine(ResultFiles.Write("side-by-side", rows, Table(rows)));
    }

    private static IEnumerable<Comparison> Cases(int threads, int seconds, PeerModels models)
    {
        foreach (string recipe in (string[])[Big, Small])
        {
            var train = new Work("train", recipe, 64, threads, seconds);
            yield return new(train, $"train `{recipe}`", Contestant.DigitML("DigitML", train), Contestant.PyTorch(train));
        }

        foreach (string recipe in (string[])[Big, Small])
        {
            var predict = new Work("predict", recipe, 100, threads, seconds);
            yield return new(predict, $"predict `{recipe}`", Contestant.DigitML("DigitML", predict), Contestant.OnnxRuntime(predict, models));
            yield return new(predict, $"predict `{recipe}`", Contestant.DigitML("DigitML", predict), Contestant.PyTorch(predict));
        }

        foreach (string recipe in (string[])[Big, Small])
        {
            var one = new Work("predict", recipe, 1, 1, seconds);
            yield return new(one, $"predict one `{recipe}` image", Contestant.DigitML("DigitML", one), Contestant.OnnxRuntime(one, models));
        }

        foreach (string recipe in (string[])[Big, Small])
        {
            var train = new Work("train", recipe, 64, threads, seconds);
            Contestant usual = Contestant.DigitML($"{CpuDevice.NativeVectorBits} bits", train);
            if (CpuDevice.NativeVectorBits == 512)
            {
                yield return new(train, $"train `{recipe}` at 256 bits", Contestant.DigitML("DigitML", train, vectorBits: 256), usual);
            }

            var threaded = new Comparison(train, $"train `{recipe}`, threads", usual with { Name = "DigitML" }, Contestant.DigitML("1 thread", train with { Threads = 1 }));
            yield return threaded;
            yield return threaded with { Name = $"train `{recipe}`, threads, one processor busy", BesideBusyProcessor = true };
        }

        var steps = new Work("train", Big, 64, threads, seconds);
        double gflopPerSample = Arithmetic.TrainingOperations(PeerModels.NetworkOf(Big)) / 1e9;
        yield return new(steps, $"train `{Big}`, arithmetic", Contestant.DigitML("DigitML", steps) with { Factor = gflopPerSample }, Contestant.Peak(threads), "GFLOP/s");
    }

    private static Row Measure(Comparison comparison, int pairs)
    {
        var ours = new JsonElement[pairs];
        var others = new JsonElement[pairs];
        var ratios = new double[pairs];
        using BusyProcessor? busy = comparison.BesideBusyProcessor ? new BusyProcessor() : null;
        for (int pair = 0; pair < pairs; pair++)
        {
            ours[pair] = comparison.Ours.Run();
            others[pair] = comparison.Other.Run();
            double our = comparison.Ours.FigureIn(ours[pair]), other = comparison.Other.FigureIn(others[pair]);
            ratios[pair] = our / other;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{comparison.Name} {pair + 1}/{pairs}: {our:N0} against {other:N0} {comparison.Unit}, {ratios[pair]:0.00}x"));
        }

        return new Row(
            comparison.Name, comparison.Work.BatchSize, comparison.Work.Threads, comparison.Unit,
            Math.Round(Statistics.Median([.. ours.Select(comparison.Ours.FigureIn)]), 1), comparison.Other.NameIn(others[0]),
            Math.Round(Statistics.Median([.. others.Select(comparison.Other.FigureIn)]), 1), Math.Round(Statistics.Median(ratios), 2), ours, others);
    }

    private static string Table(Row[] rows)
    {
        var text = new StringBuilder();
        text.Append("| work | batch | threads | DigitML | against | | ratio |\n|---|---:|---:|---:|---|---:|---:|\n");
        foreach (Row row in rows)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {row.Work} | {row.BatchSize} | {row.Threads} | {row.Figure:N0} {row.Unit} | {row.Against} | {row.OtherFigure:N0} {row.Unit} | {row.MedianRatio:0.00}x |\n");
        }

        return text.ToString();
    }

    private sealed record Comparison(Work Work, string Name, Contestant Ours, Contestant Other, string Unit = "samples/s")
    {
        /// <summary>True if another program keeps a processor busy during the measurement.</summary>
        internal bool BesideBusyProcessor { get; init; }

        internal string PlainName => Name.Replace("`", "", StringComparison.Ordinal);
    }

    private sealed record Row(
        string Work, int BatchSize, int Threads, string Unit, double Figure, string Against, double OtherFigure, double MedianRatio,
        JsonElement[] Answers, JsonElement[] OtherAnswers);
}
