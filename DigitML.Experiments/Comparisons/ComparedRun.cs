using DigitML.Engine;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Comparisons;

/// <summary>A run, or only its metrics, in a comparison.</summary>
/// <param name="Name">Name that distinguishes it from the other runs.</param>
/// <param name="Path">Its folder or file.</param>
/// <param name="Metrics">Its metrics.</param>
/// <param name="Plan">Its plan; null if only metrics are known.</param>
/// <param name="History">Its epochs; empty if only metrics are known.</param>
/// <param name="Predictions">Its prediction for each row; null if they were not kept.</param>
internal sealed record ComparedRun(string Name, string Path, MetricsFile Metrics, RunPlan? Plan, IReadOnlyList<RunEpoch> History, IReadOnlyList<PredictedRow>? Predictions)
{
    /// <summary>Wall-clock time of all epochs; null if unknown.</summary>
    internal double? Seconds => History.Count > 0 ? History.Sum(epoch => epoch.Seconds) : null;

    /// <summary>Rows predicted as another class.</summary>
    internal int Mistakes => Metrics.Mistakes;

    /// <summary>Reads a run folder, or a metrics file and the files beside it.</summary>
    /// <param name="path">The folder or the file.</param>
    /// <param name="name">Name that distinguishes it from the other runs.</param>
    /// <exception cref="DigitMLException">It is neither, or a file in it cannot be read.</exception>
    internal static ComparedRun Read(string path, string name)
    {
        bool isFolder = Directory.Exists(path);
        RunFolder folder = RunFolder.At(isFolder ? path : System.IO.Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".");
        string metrics = isFolder ? folder.Metrics : path;
        if (isFolder && !File.Exists(metrics)) throw new DigitMLException($"{path} has no metrics.json; it is neither a finished run with a test nor a folder written by evaluate --out.");

        // The files beside a metrics file with another name may belong to another run.
        bool isWhole = System.IO.Path.GetFullPath(metrics) == System.IO.Path.GetFullPath(folder.Metrics);
        return new ComparedRun(
            name, path, MetricsFile.Read(metrics),
            isWhole && File.Exists(folder.Plan) ? RunPlan.Read(folder.Plan) : null,
            isWhole && File.Exists(folder.History) ? RunHistory.Read(folder.History) : [],
            isWhole && File.Exists(folder.Predictions) ? PredictionsFile.Read(folder.Predictions) : null);
    }
}
