using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>
/// Sweeps epochs and batch size of <c>kaggle-cnn</c> on 42,000 digits split as Kaggle splits them, compared with what a public Keras program reports for the same settings
/// on Kaggle's own 42,000. Writes <c>results/sweeps/epochs-batch</c>.
/// </summary>
internal static class EpochsBatch
{
    private const string Recipe = "kaggle-cnn", SplitSeed = "1";

    // The Keras program's training accuracies; it takes 33 to 53 seconds per epoch at a batch size of 64 and up to 1,230 at 1.
    private static readonly (string Setting, double KerasAccuracy)[] Settings = [("1x1", 0.9542), ("3x1000", 0.9843), ("10x32", 0.9969), ("20x64", 0.9970)];

    internal static void Run(Options options)
    {
        string folder = Directory.CreateTempSubdirectory("digitml-sweep-").FullName, files = Path.Combine(folder, "split");
        ChildProcess.Output("dotnet", ChildProcess.Console, "data", "kaggle-split", "--seed", SplitSeed, "--out", files);
        JsonElement sweep = ChildProcess.Run(
            "dotnet", ChildProcess.Console, "sweep", "--epochs-batch", string.Join(',', Settings.Select(setting => setting.Setting)), "--recipe", Recipe, "--data",
            Path.Combine(files, "train.csv"), "--validation-fraction", "0", "--seed", options.Text("--seed", "1"), "--out", Path.Combine(folder, "sweep"), "--json");
        SettingResult[] results = [.. sweep.GetProperty("settings").EnumerateArray().Zip(Settings, (row, setting) => SettingResult.Of(row, setting.KerasAccuracy))];
        Directory.Delete(folder, recursive: true);
        var result = new { Recipe, SplitSeed, Seed = sweep.GetProperty("seed").GetUInt64(), TrainingRows = sweep.GetProperty("trainingRows").GetInt32(), Settings = results };
        Console.WriteLine(ResultFiles.Write("epochs-batch", result, Table(results), "sweeps"));
    }

    private static string Table(SettingResult[] results)
    {
        var text = new StringBuilder();
        text.Append($"| `{Recipe}`: epochs | batch size | seconds per epoch | training loss | training accuracy | a public Keras program's |\n|---:|---:|---:|---:|---:|---:|\n");
        foreach (SettingResult result in results)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {result.Epochs} | {result.BatchSize:N0} | {result.SecondsPerEpoch:0.0} | {result.TrainingLoss:0.0000} | {result.TrainingAccuracy:0.0000} | {result.KerasTrainingAccuracy:0.0000} |\n");
        }

        return text.ToString();
    }

    /// <param name="Epochs">Number of epochs.</param>
    /// <param name="BatchSize">Rows per minibatch.</param>
    /// <param name="SecondsPerEpoch">Mean wall-clock time of an epoch.</param>
    /// <param name="TrainingLoss">Training loss of the last epoch, measured during training.</param>
    /// <param name="TrainingAccuracy">Training accuracy of the last epoch, measured during training.</param>
    /// <param name="KerasTrainingAccuracy">Training accuracy that the other program reports.</param>
    private sealed record SettingResult(
        int Epochs, int BatchSize, double SecondsPerEpoch, double TrainingLoss, double TrainingAccuracy, double KerasTrainingAccuracy)
    {
        internal static SettingResult Of(JsonElement row, double kerasAccuracy) => new(
            row.GetProperty("epochs").GetInt32(), row.GetProperty("batchSize").GetInt32(), row.GetProperty("secondsPerEpoch").GetDouble(),
            row.GetProperty("trainingLoss").GetDouble(), row.GetProperty("trainingAccuracy").GetDouble(), kerasAccuracy);
    }
}
