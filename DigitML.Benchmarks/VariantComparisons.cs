using DigitML.Engine.Cpu;

namespace DigitML.Benchmarks;

/// <summary>DigitML against itself with narrower vectors and fewer threads, and against the machine's arithmetic peak. Writes <c>results/{cpu}/variants</c>.</summary>
internal static class VariantComparisons
{
    private const string Big = "keras-cnn", Small = "compact-9768";

    internal static void Run(Options options) => SideBySide.Run("variants", All(options.Number("--threads", 2), options.Number("--seconds", 2)), options);

    private static IEnumerable<Comparison> All(int threads, int seconds)
    {
        foreach (string recipe in (string[])[Big, Small])
        {
            var train = new Work("train", recipe, 64, threads, seconds);
            Contestant widest = Contestant.DigitML($"{CpuDevice.NativeVectorBits} bits", train);
            if (CpuDevice.NativeVectorBits == 512)
            {
                yield return new(train, $"train `{recipe}` at 256 bits", Contestant.DigitML("DigitML", train, vectorBits: 256), widest);
            }

            var threaded = new Comparison(train, $"train `{recipe}`, threads", widest with { Name = "DigitML" }, Contestant.DigitML("1 thread", train with { Threads = 1 }));
            yield return threaded;
            yield return threaded with { Name = $"train `{recipe}`, threads, one processor busy", BesideBusyProcessor = true };
        }

        var steps = new Work("train", Big, 64, threads, seconds);
        double gflopPerSample = Arithmetic.TrainingOperations(PeerModels.NetworkOf(Big)) / 1e9;
        yield return new(steps, $"train `{Big}`, arithmetic", Contestant.DigitML("DigitML", steps) with { Factor = gflopPerSample }, Contestant.Peak(threads)) { Unit = "GFLOP/s" };
    }
}
