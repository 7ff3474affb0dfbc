using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>
/// Trains a recipe once a seed, reads the test digits once a run, and writes mean and standard deviation to <c>results/accuracy/{recipe}</c>. With
/// <c>--protocol kaggle</c> the 70,000 digits are dealt as Kaggle deals them, the run sees the 42,000 alone, and the 28,000 are scored from its submission.
/// </summary>
internal static class Accuracy
{
    private const string Kaggle = "kaggle", SplitSeed = "1";

    internal static void Run(Options options)
    {
        string recipe = options.Text("--recipe", "compact"), protocol = options.Text("--protocol", "mnist");
        string folder = Directory.CreateTempSubdirectory("digitml-accuracy-").FullName;
        Func<string, string, SeedRun> train = protocol == Kaggle ? KaggleSplit(folder) : OnMnist;
        var runs = new List<SeedRun>();
        foreach (string seed in options.Text("--seeds", "1,2,3,4,5").Split(','))
        {
            runs.Add(train(recipe, seed));
            Console.Error.WriteLine($"{recipe}, seed {seed}: {runs[^1].TestAccuracy:P2} in {runs[^1].Seconds:0} s");
        }

        Directory.Delete(folder, recursive: true);
        Console.WriteLine(Write(recipe, protocol, runs));

        SeedRun OnMnist(string name, string seed) => SeedRun.Of(seed, Train(name, seed, folder), answer => answer.GetProperty("microAccuracy").GetDouble());
    }

    private static Func<string, string, SeedRun> KaggleSplit(string folder)
    {
        string files = Path.Combine(folder, "split"), submission = Path.Combine(folder, "submission.csv");
        ChildProcess.Output("dotnet", ChildProcess.Console, "data", "kaggle-split", "--seed", SplitSeed, "--out", files);
        return (recipe, seed) => SeedRun.Of(seed, Train(recipe, seed, folder, "--data", Path.Combine(files, "train.csv")), _ =>
        {
            ChildProcess.Output(
                "dotnet", ChildProcess.Console, "predict", "--model", Path.Combine(folder, seed, "model.onnx"), "--data", Path.Combine(files, "test.csv"), "--out", submission);
            return ChildProcess.Run(
                "dotnet", ChildProcess.Console, "data", "kaggle-score", "--submission", submission, "--solution", Path.Combine(files, "solution.csv"), "--json")
                .GetProperty("score").GetDouble();
        });
    }

    private static JsonElement Train(string recipe, string seed, string folder, params string[] data) => ChildProcess.Run(
        "dotnet", [ChildProcess.Console, "train", "--recipe", recipe, "--seed", seed, "--out", Path.Combine(folder, seed), "--json", .. data]);

    private static string Write(string recipe, string protocol, List<SeedRun> runs)
    {
        double mean = runs.Average(run => run.TestAccuracy), deviation = Statistics.Deviation([.. runs.Select(run => run.TestAccuracy)]);
        (int parameters, int epochs, int threads) = (runs[0].Parameters, runs[0].Epochs, runs[0].Threads);
        var result = new
        {
            Recipe = Path.GetFileNameWithoutExtension(recipe),
            Protocol = protocol,
            Parameters = parameters,
            Epochs = epochs,
            Threads = threads,
            MeanTestAccuracy = mean,
            StandardDeviation = deviation,
            MeanSeconds = runs.Average(run => run.Seconds),
            Runs = runs,
        };
        var table = new StringBuilder();
        table.Append("| recipe | protocol | parameters | epochs | seeds | test accuracy | seconds | threads |\n|---|---|---:|---:|---:|---:|---:|---:|\n");
        table.Append(CultureInfo.InvariantCulture,
            $"| `{result.Recipe}` | {protocol} | {parameters:N0} | {epochs} | {runs.Count} | {mean * 100:0.000} % ± {deviation * 100:0.000} | {result.MeanSeconds:0} | {threads} |\n");
        return ResultFiles.Write(protocol == Kaggle ? $"{result.Recipe}-{Kaggle}" : result.Recipe, result, table.ToString(), folder: "accuracy");
    }

    private sealed record SeedRun(
        int Seed, double TestAccuracy, double ValidationAccuracy, double Seconds, double SamplesPerSecond, int Parameters, int Epochs, int Threads)
    {
        internal static SeedRun Of(string seed, JsonElement answer, Func<JsonElement, double> testAccuracy)
        {
            double Number(string name) => answer.GetProperty(name).GetDouble();
            int Count(string name) => answer.GetProperty(name).GetInt32();
            return new SeedRun(
                int.Parse(seed, CultureInfo.InvariantCulture), testAccuracy(answer), Number("validationAccuracy"), Math.Round(Number("seconds"), 1),
                Math.Round(Number("samplesPerSecond")), Count("parameters"), Count("epochs"), Count("threads"));
        }
    }
}
