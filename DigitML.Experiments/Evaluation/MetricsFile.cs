using System.Text.Json;
using DigitML.Engine;
using DigitML.Engine.Files;

namespace DigitML.Experiments.Evaluation;

/// <summary>metrics.json: the metrics of a run, the same bytes for the same evaluation.</summary>
/// <param name="Dataset">Name of the evaluated data.</param>
/// <param name="DatasetChecksum">Of its rows, see <see cref="Data.DatasetChecksum"/>.</param>
/// <param name="Rows">Evaluated rows.</param>
/// <param name="DroppedRows">Rows left out.</param>
/// <param name="Metrics">The metrics.</param>
internal sealed record MetricsFile(string Dataset, string DatasetChecksum, int Rows, int DroppedRows, MulticlassMetrics Metrics)
{
    /// <summary>What is kept of an evaluation.</summary>
    public static MetricsFile Of(EvaluationResult evaluation) =>
        new(evaluation.DatasetName, evaluation.DatasetChecksum, evaluation.RowCount, evaluation.DroppedRows, evaluation.Metrics);

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteText(path, ToJson());

    /// <summary>The content of the file, for <c>--json</c>; ended by a line break.</summary>
    public string ToJson() => JsonSerializer.Serialize(MetricsJson.Of(this), MetricsJson.Options) + "\n";

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <exception cref="DigitMLException">The file is missing or is no metrics file.</exception>
    public static MetricsFile Read(string path) => Data.DataFile.Find(path).Read(stream =>
    {
        try
        {
            MetricsJson json = JsonSerializer.Deserialize<MetricsJson>(stream, MetricsJson.Options) ?? throw new JsonException("it is null");
            return json.ToMetricsFile();
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            // The runtime appends the place in its own terms.
            string reason = failure.Message.Split('\n')[0].Split(" Path: ", 2)[0].TrimEnd('.');
            throw new DigitMLException($"{path} is no metrics file: {reason}; make it again with evaluate or train.", failure);
        }
    });
}
