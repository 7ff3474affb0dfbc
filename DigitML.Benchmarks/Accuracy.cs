using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>
/// Trains a recipe once a seed on the files in data/, reads the test digits once a run, and writes mean and standard deviation to
/// <c>results/{cpu}/accuracy-{recipe}</c>.
/// </summary>
internal static class Accuracy
{
    internal static void Run(Options options)
    {
        string recipe = options.Text("--recipe", "compact");
        string folder = Path.Combine(Path.GetTempPath(), "digitml-accuracy-" + Guid.NewGuid().ToString("N"));
        var runs = new List<SeedRun>();
        JsonElement answer = default;
        foreach (string seed in options.Text("--seeds", "1,2,3").Split(','))
        {
            answer = ChildProcess.Run("dotnet", ChildProcess.Console, "train", "--recipe", recipe, "--seed", seed, "--out", Path.Combine(folder, seed), "--json");
            double Number(string name) => answer.GetProperty(name).GetDouble();
            runs.Add(new SeedRun(
                int.Parse(seed, CultureInfo.InvariantCulture), Number("microAccuracy"), Number("logLoss"), Number("validationAccuracy"),
                Math.Round(Number("seconds"), 1), Math.Round(Number("samplesPerSecond"))));
            Console.Error.WriteLine(runs[^1]);
        }

        Directory.Delete(folder, recursive: true);
        double mean = runs.Average(run => run.TestAccuracy);
        double deviation = Statistics.Deviation([.. runs.Select(run => run.TestAccuracy)]);
        var result = new
        {
            Recipe = recipe,
            Parameters = answer.GetProperty("parameters").GetInt32(),
            Epochs = answer.GetProperty("epochs").GetInt32(),
            Threads = answer.GetProperty("threads").GetInt32(),
            MeanTestAccuracy = mean,
            StandardDeviation = deviation,
            MeanSeconds = runs.Average(run => run.Seconds),
            Runs = runs,
        };
        var table = new StringBuilder();
        table.Append("| recipe | parameters | epochs | seeds | test accuracy | seconds | samples/s | threads |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        table.Append(CultureInfo.InvariantCulture,
            $"| `{recipe}` | {result.Parameters:N0} | {result.Epochs} | {runs.Count} | {mean * 100:0.000} % ± {deviation * 100:0.000} | {result.MeanSeconds:0} | {runs.Average(run => run.SamplesPerSecond):N0} | {result.Threads} |\n");
        Console.WriteLine(ResultFiles.Write("accuracy-" + recipe, result, table.ToString()));
    }

    private sealed record SeedRun(int Seed, double TestAccuracy, double LogLoss, double ValidationAccuracy, double Seconds, double SamplesPerSecond);
}
