using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>
/// Trains a recipe once a seed, reads the test digits once a run, and writes mean and standard deviation to <c>results/accuracy/{recipe}</c> after every
/// seed. Typed again it goes on: a seed that the file has of the same recipe text is not trained again. With <c>--protocol kaggle</c> the 70,000 digits are
/// dealt as Kaggle deals them, the run sees the 42,000 alone, and the 28,000 are scored from its submission.
/// </summary>
internal static class Accuracy
{
    private const string Kaggle = "kaggle", SplitSeed = "1", Folder = "accuracy";

    internal static void Run(Options options)
    {
        string recipe = options.Text("--recipe", "compact"), protocol = options.Text("--protocol", "mnist");
        string recipeText = ChildProcess.Output("dotnet", ChildProcess.Console, "recipes", recipe);
        string name = Path.GetFileNameWithoutExtension(recipe), sha = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recipeText)));
        string file = protocol == Kaggle ? $"{name}-{Kaggle}" : name, folder = Directory.CreateTempSubdirectory("digitml-accuracy-").FullName;
        Func<int, SeedRun> train = protocol == Kaggle ? KaggleSplit(recipe, folder) : seed => OnMnist(recipe, seed, folder);
        List<SeedRun> runs = Done(file, sha);
        foreach (int seed in options.Text("--seeds", "1,2,3,4,5").Split(',').Select(seed => int.Parse(seed, CultureInfo.InvariantCulture)))
        {
            if (runs.Exists(run => run.Seed == seed)) continue;
            runs.Add(train(seed));
            Directory.Delete(Path.Combine(folder, $"{seed}"), recursive: true);
            Console.Error.WriteLine($"{name}, seed {seed}: {runs[^1].TestAccuracy:P2} in {runs[^1].Seconds:0} s");
            Write(new Result(name, protocol, sha, [.. runs.OrderBy(run => run.Seed)]), file);
        }

        Directory.Delete(folder, recursive: true);
        Console.WriteLine(ResultFiles.PathOf(file, Folder));
    }

    private static SeedRun OnMnist(string recipe, int seed, string folder)
    {
        (JsonElement answer, double seconds) = Train(recipe, seed, folder);
        return SeedRun.Of(answer, answer.GetProperty("microAccuracy").GetDouble(), seconds);
    }

    private static Func<int, SeedRun> KaggleSplit(string recipe, string folder)
    {
        string files = Path.Combine(folder, "split"), submission = Path.Combine(folder, "submission.csv");
        ChildProcess.Output("dotnet", ChildProcess.Console, "data", "kaggle-split", "--seed", SplitSeed, "--out", files);
        return seed =>
        {
            (JsonElement answer, double seconds) = Train(recipe, seed, folder, "--data", Path.Combine(files, "train.csv"));
            string model = answer.GetProperty("model").GetString()!;
            ChildProcess.Output("dotnet", ChildProcess.Console, "predict", "--model", model, "--data", Path.Combine(files, "test.csv"), "--out", submission);
            JsonElement score = ChildProcess.Run(
                "dotnet", ChildProcess.Console, "data", "kaggle-score", "--submission", submission, "--solution", Path.Combine(files, "solution.csv"), "--json");
            return SeedRun.Of(answer, score.GetProperty("score").GetDouble(), seconds);
        };
    }

    private static (JsonElement Answer, double Seconds) Train(string recipe, int seed, string folder, params string[] data)
    {
        var watch = Stopwatch.StartNew();
        JsonElement answer = ChildProcess.Run(
            "dotnet", [ChildProcess.Console, "train", "--recipe", recipe, "--seed", $"{seed}", "--out", Path.Combine(folder, $"{seed}"), "--json", .. data]);
        return (answer, watch.Elapsed.TotalSeconds);
    }

    private static List<SeedRun> Done(string file, string sha)
    {
        string path = ResultFiles.PathOf(file, Folder) + ".json";
        if (!File.Exists(path)) return [];
        Result? result = JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("result").Deserialize<Result>(ResultFiles.Json);
        return result?.RecipeSha256 == sha ? [.. result.Runs] : [];
    }

    private static void Write(Result result, string file)
    {
        SeedRun first = result.Runs[0];
        var table = new StringBuilder();
        table.Append("| recipe | protocol | parameters | epochs | seeds | test accuracy | seconds | threads |\n|---|---|---:|---:|---:|---:|---:|---:|\n");
        table.Append(CultureInfo.InvariantCulture,
            $"| `{result.Recipe}` | {result.Protocol} | {first.Parameters:N0} | {first.Epochs} | {result.Runs.Length} | {result.MeanTestAccuracy * 100:0.000} % ± {result.StandardDeviation * 100:0.000} | {result.MeanSeconds:0} | {first.Threads} |\n");
        ResultFiles.Write(file, result, table.ToString(), Folder);
    }

    /// <param name="Recipe">Name of the recipe.</param>
    /// <param name="Protocol">"mnist" or "kaggle".</param>
    /// <param name="RecipeSha256">Of its text.</param>
    /// <param name="Runs">A run a seed.</param>
    private sealed record Result(string Recipe, string Protocol, string RecipeSha256, SeedRun[] Runs)
    {
        public double MeanTestAccuracy => Runs.Average(run => run.TestAccuracy);

        public double StandardDeviation => Statistics.Deviation([.. Runs.Select(run => run.TestAccuracy)]);

        public double MeanSeconds => Runs.Average(run => run.Seconds);
    }

    /// <param name="Seed">Its seed.</param>
    /// <param name="TestAccuracy">On the test digits, read once.</param>
    /// <param name="ValidationAccuracy">On the rows held out.</param>
    /// <param name="Seconds">Wall-clock time of the whole command: loading, training, testing, writing.</param>
    /// <param name="TrainingSeconds">Of the epochs alone.</param>
    /// <param name="SamplesPerSecond">Rows learned from a second.</param>
    /// <param name="Parameters">Trained parameters.</param>
    /// <param name="Epochs">Epochs.</param>
    /// <param name="Threads">Threads.</param>
    /// <param name="Commit">Of the program that ran it.</param>
    private sealed record SeedRun(
        int Seed, double TestAccuracy, double ValidationAccuracy, double Seconds, double TrainingSeconds, double SamplesPerSecond, int Parameters, int Epochs, int Threads,
        string Commit)
    {
        internal static SeedRun Of(JsonElement answer, double testAccuracy, double seconds)
        {
            double Number(string name) => answer.GetProperty(name).GetDouble();
            int Count(string name) => answer.GetProperty(name).GetInt32();
            return new SeedRun(
                Count("seed"), testAccuracy, Number("validationAccuracy"), Math.Round(seconds, 1), Math.Round(Number("seconds"), 1), Math.Round(Number("samplesPerSecond")),
                Count("parameters"), Count("epochs"), Count("threads"), ResultFiles.Commit());
        }
    }
}
