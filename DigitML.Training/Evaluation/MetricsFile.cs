using DigitML.Engine;

namespace DigitML.Training.Evaluation;

/// <summary>metrics.json: the metrics of a run, the same bytes for the same evaluation.</summary>
/// <param name="Dataset">Name of the evaluated data.</param>
/// <param name="DatasetChecksum">Of the evaluated rows.</param>
/// <param name="Rows">Evaluated rows.</param>
/// <param name="DroppedRows">Rows left out.</param>
/// <param name="Metrics">The metrics.</param>
internal sealed record MetricsFile(string Dataset, string DatasetChecksum, int Rows, int DroppedRows, MulticlassMetrics Metrics)
{
    public static MetricsFile Of(EvaluationResult evaluation) => throw new NotImplementedException();

    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public void Write(string path) => throw new NotImplementedException();

    /// <summary>The content of the file, for <c>--json</c>.</summary>
    public string ToJson() => throw new NotImplementedException();

    /// <exception cref="DigitMLException">The file is missing or is no metrics file.</exception>
    public static MetricsFile Read(string path) => throw new NotImplementedException();
}
