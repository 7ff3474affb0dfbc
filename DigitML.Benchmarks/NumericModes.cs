using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>
/// Trains one recipe in each numeric mode with several seeds and tests whether the accuracies on the test digits differ by more than they do between seeds. Writes
/// <c>results/{cpu}/numeric-modes-{recipe}</c>.
/// </summary>
internal static class NumericModes
{
    private const string Exact = "exact";

    private static readonly string[] Modes = [Exact, "balanced", "fast"];

    internal static void Run(Options options)
    {
        string recipe = options.Text("--recipe", "keras-cnn"), epochs = options.Text("--epochs", "1"), data = options.Text("--data", "");
        int[] seeds = [.. options.Text("--seeds", "1,2,3,4,5").Split(',').Select(seed => int.Parse(seed, CultureInfo.InvariantCulture))];
        string folder = Directory.CreateTempSubdirectory("digitml-modes-").FullName;
        var runs = new List<ModeRun>();
        foreach (int seed in seeds)
        {
            // All modes of a seed before the next seed, so that all modes see the same drift of the machine's speed.
            foreach (string mode in Modes)
            {
                JsonElement answer = ChildProcess.Run("dotnet",
                [
                    ChildProcess.Console, "train", "--recipe", recipe, "--epochs", epochs, "--seed", seed.ToString(CultureInfo.InvariantCulture), "--numeric-mode", mode,
                    "--out", Path.Combine(folder, $"{mode}-{seed}"), "--json", .. data.Length == 0 ? [] : (string[])["--data", data],
                ]);
                double Number(string name) => answer.GetProperty(name).GetDouble();
                runs.Add(new ModeRun(mode, seed, Number("microAccuracy"), Number("logLoss")));
                Console.Error.WriteLine(runs[^1]);
            }
        }

        Directory.Delete(folder, recursive: true);
        ModeResult[] modes = [.. Modes.Select(mode => ResultOf(mode, [.. runs.Where(run => run.Mode == mode)], [.. runs.Where(run => run.Mode == Exact)]))];
        var result = new { Recipe = recipe, Epochs = int.Parse(epochs, CultureInfo.InvariantCulture), Seeds = seeds, Modes = modes, Runs = runs };
        Console.WriteLine(ResultFiles.Write($"numeric-modes-{recipe}", result, Table(recipe, epochs, seeds.Length, modes)));
    }

    private static ModeResult ResultOf(string mode, ModeRun[] runs, ModeRun[] exact)
    {
        double[] accuracies = [.. runs.Select(run => run.TestAccuracy)];
        return new ModeResult(
            mode, accuracies.Average(), Statistics.Deviation(accuracies), runs.Average(run => run.LogLoss),
            mode == Exact ? null : Statistics.PermutationTest(accuracies, [.. exact.Select(run => run.TestAccuracy)]));
    }

    private static string Table(string recipe, string epochs, int seeds, ModeResult[] modes)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"| numeric mode | test accuracy of `{recipe}`, {epochs} {(epochs == "1" ? "epoch" : "epochs")}, {seeds} {(seeds == 1 ? "seed" : "seeds")} | log loss | p-value against `{Exact}` |\n");
        text.Append("|---|---:|---:|---:|\n");
        foreach (ModeResult mode in modes)
        {
            string probability = mode.Probability?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
            text.Append(CultureInfo.InvariantCulture,
                $"| `{mode.Mode}` | {mode.MeanTestAccuracy * 100:0.000} % ± {mode.StandardDeviation * 100:0.000} | {mode.MeanLogLoss:0.0000} | {probability} |\n");
        }

        return text.ToString();
    }

    private sealed record ModeRun(string Mode, int Seed, double TestAccuracy, double LogLoss);

    private sealed record ModeResult(
        string Mode, double MeanTestAccuracy, double StandardDeviation, double MeanLogLoss, double? Probability);
}
