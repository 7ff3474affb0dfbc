using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>
/// Trains a recipe once per seed, scores each model on the test digits, as they are and averaged over one-pixel shifts, and writes mean and standard deviation
/// to <c>results/accuracy/{recipe}</c> after every seed. Run again, it resumes: a seed that the file already has for the same recipe text is not trained again, so two
/// processes can train different seeds of one recipe. <c>--threads</c> and <c>--validation-fraction</c> are passed on to <c>train</c>. With
/// <c>--protocol kaggle</c> the 70,000 digits are split as Kaggle splits them, the run trains on the 42,000 only, and the 28,000 are scored from a submission.
/// </summary>
internal static class Accuracy
{
    private const string Kaggle = "kaggle", SplitSeed = "1", Folder = "accuracy";

    // "Shifted" in the results: each digit is also moved by a pixel up, down, left and right.
    private const int Shift = 1;

    private static readonly string[] PassedOn = ["--threads", "--validation-fraction"];

    internal static void Run(Options options)
    {
        string recipe = options.Text("--recipe", "compact"), protocol = options.Text("--protocol", "mnist");
        string recipeText = ChildProcess.Output("dotnet", ChildProcess.Console, "recipes", recipe);
        string name = Path.GetFileNameWithoutExtension(recipe), sha = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recipeText)));
        string file = protocol == Kaggle ? $"{name}-{Kaggle}" : name, folder = Directory.CreateTempSubdirectory("digitml-accuracy-").FullName;
        string[] passedOn = [.. PassedOn.SelectMany(option => options.Text(option, "") is { Length: > 0 } value ? new[] { option, value } : [])];
        Func<int, SeedRun> train = protocol == Kaggle ? OnKaggle(recipe, folder, passedOn) : OnMnist(recipe, folder, passedOn);
        foreach (int seed in options.Text("--seeds", "1,2,3,4,5").Split(',').Select(seed => int.Parse(seed, CultureInfo.InvariantCulture)))
        {
            if (Done(file, sha).Exists(run => run.Seed == seed)) continue;
            SeedRun trained = train(seed);
            Directory.Delete(Path.Combine(folder, $"{seed}"), recursive: true);
            Console.Error.WriteLine($"{name}, seed {seed}: {trained.TestAccuracy:P2} in {trained.Seconds:0} s");
            // Read again: another process may have trained other seeds in the meantime.
            Write(new Result(name, protocol, sha, [.. Done(file, sha).Append(trained).OrderBy(run => run.Seed)]), file);
        }

        Directory.Delete(folder, recursive: true);
        Console.WriteLine(ResultFiles.PathOf(file, Folder));
    }

    private static Func<int, SeedRun> OnMnist(string recipe, string folder, string[] passedOn)
    {
        string test = Path.Combine(ResultFiles.Project, "..", "data", "mnist-test.csv.gz");
        return seed => Train(recipe, seed, folder, passedOn, (model, shift) => ChildProcess.Run(
            "dotnet", ChildProcess.Console, "evaluate", "--model", model, "--data", test, "--test-time-shifts", $"{shift}", "--json").GetProperty("microAccuracy").GetDouble());
    }

    private static Func<int, SeedRun> OnKaggle(string recipe, string folder, string[] passedOn)
    {
        string files = Path.Combine(folder, "split"), submission = Path.Combine(folder, "submission.csv");
        string train = Path.Combine(files, "train.csv"), test = Path.Combine(files, "test.csv"), solution = Path.Combine(files, "solution.csv");
        ChildProcess.Output("dotnet", ChildProcess.Console, "data", "kaggle-split", "--seed", SplitSeed, "--out", files);
        return seed => Train(recipe, seed, folder, ["--data", train, .. passedOn], (model, shift) =>
        {
            ChildProcess.Output("dotnet", ChildProcess.Console, "predict", "--model", model, "--data", test, "--test-time-shifts", $"{shift}", "--out", submission);
            return ChildProcess.Run("dotnet", ChildProcess.Console, "data", "kaggle-score", "--submission", submission, "--solution", solution, "--json")
                .GetProperty("score").GetDouble();
        });
    }

    // score: gives the accuracy of a model file at a test-time shift.
    private static SeedRun Train(string recipe, int seed, string folder, string[] more, Func<string, int, double> score)
    {
        var watch = Stopwatch.StartNew();
        JsonElement answer = ChildProcess.Run(
            "dotnet", [ChildProcess.Console, "train", "--recipe", recipe, "--seed", $"{seed}", "--out", Path.Combine(folder, $"{seed}"), "--json", .. more]);
        double seconds = watch.Elapsed.TotalSeconds;
        string model = answer.GetProperty("model").GetString()!;
        return SeedRun.Of(answer, score(model, 0), score(model, Shift), seconds);
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
        table.Append("| recipe | protocol | parameters | epochs | seeds | test accuracy | with shifts | seconds | threads |\n|---|---|---:|---:|---:|---:|---:|---:|---:|\n");
        table.Append(CultureInfo.InvariantCulture,
            $"| `{result.Recipe}` | {result.Protocol} | {first.Parameters:N0} | {first.Epochs} | {result.Runs.Length} | {result.TestAccuracy} | {result.ShiftedTestAccuracy} | {result.MeanSeconds:0} | {first.Threads} |\n");
        ResultFiles.Write(file, result, table.ToString(), Folder);
    }

    /// <param name="Recipe">Name of the recipe.</param>
    /// <param name="Protocol">"mnist" or "kaggle".</param>
    /// <param name="RecipeSha256">SHA-256 of its text.</param>
    /// <param name="Runs">One run per seed.</param>
    private sealed record Result(string Recipe, string Protocol, string RecipeSha256, SeedRun[] Runs)
    {
        public Spread TestAccuracy => Spread.Of(Runs.Select(run => run.TestAccuracy));

        public Spread ShiftedTestAccuracy => Spread.Of(Runs.Select(run => run.ShiftedTestAccuracy));

        public double MeanSeconds => Runs.Average(run => run.Seconds);
    }

    /// <param name="Seed">Seed of the run.</param>
    /// <param name="TestAccuracy">Accuracy on the test digits as they are.</param>
    /// <param name="ShiftedTestAccuracy">The same, with scores averaged over the digit and its one-pixel shifts.</param>
    /// <param name="ValidationAccuracy">Accuracy on the held-out rows; null if the run trained on all rows.</param>
    /// <param name="Seconds">Wall-clock time of the whole command: loading, training, testing, writing.</param>
    /// <param name="TrainingSeconds">Time of the epochs alone.</param>
    /// <param name="SamplesPerSecond">Training samples per second.</param>
    /// <param name="Parameters">Number of trained parameters.</param>
    /// <param name="Epochs">Number of epochs.</param>
    /// <param name="Threads">Number of threads.</param>
    /// <param name="Commit">Commit of the program that ran it.</param>
    private sealed record SeedRun(
        int Seed, double TestAccuracy, double ShiftedTestAccuracy, double? ValidationAccuracy, double Seconds, double TrainingSeconds, double SamplesPerSecond, int Parameters,
        int Epochs, int Threads, string Commit)
    {
        internal static SeedRun Of(JsonElement answer, double testAccuracy, double shiftedTestAccuracy, double seconds)
        {
            double Number(string name) => answer.GetProperty(name).GetDouble();
            int Count(string name) => answer.GetProperty(name).GetInt32();
            return new SeedRun(
                Count("seed"), testAccuracy, shiftedTestAccuracy, answer.GetProperty("validationAccuracy").Deserialize<double?>(), Math.Round(seconds, 1), Math.Round(Number("seconds"), 1),
                Math.Round(Number("samplesPerSecond")), Count("parameters"), Count("epochs"), Count("threads"), ResultFiles.Commit());
        }
    }
}
