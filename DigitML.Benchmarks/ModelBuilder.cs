using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>
/// Runs <c>digitml build</c> once per seed, and the default recipe on the same rows, and writes the test accuracy of both to <c>results/build</c>. Without
/// <c>--data</c> and <c>--test-data</c> the rows are MNIST's.
/// </summary>
internal static class ModelBuilder
{
    private const string Folder = "build";

    internal static void Run(Options options)
    {
        string budget = options.Text("--time-budget", "2m"), name = options.Text("--name", "mnist"), data = options.Text("--data", ""), testData = options.Text("--test-data", "");
        string[] files = data.Length > 0 ? ["--data", data, "--test-data", testData] : [];
        string folder = Directory.CreateTempSubdirectory("digitml-build-").FullName;
        var runs = new List<SeedRun>();
        foreach (int seed in options.Text("--seeds", "1,2,3").Split(',').Select(seed => int.Parse(seed, CultureInfo.InvariantCulture)))
        {
            Answer found = Train("build", seed, "--time-budget", budget, "--config", Path.Combine(folder, "digitml.json"));
            Answer usual = Train("train", seed);
            runs.Add(new SeedRun(seed, found.Recipe, found.How, found.Accuracy, found.Seconds, usual.Accuracy, usual.Seconds, ResultFiles.Commit()));
            Console.Error.WriteLine($"{name} in {budget}, seed {seed}: {found.Accuracy:P2} with {found.Recipe}, {usual.Accuracy:P2} with {usual.Recipe}");
        }

        Directory.Delete(folder, recursive: true);
        var result = new Result(name, budget, [.. runs]);
        Console.WriteLine(ResultFiles.Write($"{name}-{budget}", result, Table(result), Folder));

        Answer Train(string command, int seed, params string[] more)
        {
            var watch = Stopwatch.StartNew();
            JsonElement answer = ChildProcess.Run(
                "dotnet", [ChildProcess.Console, command, "--seed", $"{seed}", "--out", Path.Combine(folder, $"{command}-{seed}"), "--json", .. files, .. more]);
            double seconds = Math.Round(watch.Elapsed.TotalSeconds, 1);
            JsonElement recipe = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, $"{command}-{seed}", "plan.json"))).RootElement.GetProperty("recipe");
            return new Answer(recipe.GetProperty("name").GetString()!, recipe.GetProperty("description").GetString()!, answer.GetProperty("microAccuracy").GetDouble(), seconds);
        }
    }

    private static string Table(Result result) => string.Create(CultureInfo.InvariantCulture, $"""
        | rows | time budget | seeds | test accuracy | seconds | the default recipe's | seconds |
        |---|---:|---:|---:|---:|---:|---:|
        | {result.Rows} | {result.TimeBudget} | {result.Runs.Length} | {result.TestAccuracy} | {result.Runs.Average(run => run.Seconds):0} | {result.DefaultTestAccuracy} | {result.Runs.Average(run => run.DefaultSeconds):0} |

        """);

    private sealed record Answer(string Recipe, string How, double Accuracy, double Seconds);

    /// <param name="Rows">The dataset.</param>
    /// <param name="TimeBudget">The time budget of each search.</param>
    /// <param name="Runs">One run per seed.</param>
    private sealed record Result(string Rows, string TimeBudget, SeedRun[] Runs)
    {
        public Spread TestAccuracy => Spread.Of(Runs.Select(run => run.TestAccuracy));

        public Spread DefaultTestAccuracy => Spread.Of(Runs.Select(run => run.DefaultTestAccuracy));
    }

    /// <param name="Seed">Seed of the search and of both training runs.</param>
    /// <param name="Recipe">The recipe that was found.</param>
    /// <param name="How">Its settings, in words.</param>
    /// <param name="TestAccuracy">Test accuracy of the recipe that was found.</param>
    /// <param name="Seconds">Wall-clock time of the whole search, final training included.</param>
    /// <param name="DefaultTestAccuracy">Test accuracy of the default recipe.</param>
    /// <param name="DefaultSeconds">Wall-clock time of its training.</param>
    /// <param name="Commit">Commit of the program that ran it.</param>
    private sealed record SeedRun(
        int Seed, string Recipe, string How, double TestAccuracy, double Seconds, double DefaultTestAccuracy, double DefaultSeconds, string Commit);
}
