using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>
/// ML.NET's own trainers and DigitML's recipes on the same rows: test accuracy, log loss and time. Writes
/// <c>results/{cpu}/mlnet-trainers</c>.
/// </summary>
internal static class MlNetTrainers
{
    internal static void Run(Options options)
    {
        string[] seeds = options.Text("--seeds", "1,2,3").Split(',');
        string folder = Directory.CreateTempSubdirectory("digitml-mlnet-").FullName;
        Row[] rows =
        [
            .. options.Text("--trainers", "sdca,lbfgs,fasttree").Split(',').Select(trainer => Measure("--trainer", trainer)),
            .. options.Text("--recipes", "fast,compact").Split(',').Select(recipe => Measure("--recipe", recipe)),
        ];
        Directory.Delete(folder, recursive: true);
        Console.WriteLine(ResultFiles.Write("mlnet-trainers", new { Rows = rows }, Table(rows)));

        Row Measure(string option, string name)
        {
            var row = new Row(name, option == "--recipe", [.. seeds.Select(seed => Train(option, name, seed, Path.Combine(folder, $"{name}-{seed}")))]);
            Console.Error.WriteLine($"{name}: {row.TestAccuracy} in {row.Seconds:0} s");
            return row;
        }
    }

    private static SeedRun Train(string option, string name, string seed, string folder)
    {
        var watch = Stopwatch.StartNew();
        JsonElement answer = ChildProcess.Run("dotnet", ChildProcess.Console, "train", option, name, "--seed", seed, "--out", folder, "--json");
        return new SeedRun(
            int.Parse(seed, CultureInfo.InvariantCulture), answer.GetProperty("microAccuracy").GetDouble(), answer.GetProperty("logLoss").GetDouble(),
            Math.Round(answer.GetProperty("seconds").GetDouble(), 1), Math.Round(watch.Elapsed.TotalSeconds, 1));
    }

    private static string Table(Row[] rows)
    {
        var text = new StringBuilder("| trained on 55,000 digits with | seeds | test accuracy | log loss | seconds |\n|---|---:|---:|---:|---:|\n");
        foreach (Row row in rows)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {(row.IsRecipe ? $"DigitML's `{row.Name}`" : $"ML.NET's `{row.Name}`")} | {row.Runs.Length} | {row.TestAccuracy} | {row.Runs.Average(run => run.LogLoss):0.0000} | {row.Seconds:0} |\n");
        }

        return text.ToString();
    }

    /// <param name="Name">Name of the trainer or the recipe.</param>
    /// <param name="IsRecipe">True if it is a recipe.</param>
    /// <param name="Runs">One run per seed.</param>
    private sealed record Row(string Name, bool IsRecipe, SeedRun[] Runs)
    {
        public Spread TestAccuracy => Spread.Of(Runs.Select(run => run.TestAccuracy));

        public double Seconds => Runs.Average(run => run.Seconds);
    }

    /// <param name="Seed">Seed of the run.</param>
    /// <param name="TestAccuracy">Accuracy on the 10,000 test digits.</param>
    /// <param name="LogLoss">Log loss on the test digits.</param>
    /// <param name="TrainingSeconds">Time of the training alone.</param>
    /// <param name="Seconds">Wall-clock time of the whole command: loading, training, testing, writing.</param>
    private sealed record SeedRun(int Seed, double TestAccuracy, double LogLoss, double TrainingSeconds, double Seconds);
}
