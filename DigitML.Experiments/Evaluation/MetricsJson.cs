using System.Text.Json;
using System.Text.Json.Serialization;

namespace DigitML.Experiments.Evaluation;

/// <summary>The members of metrics.json, in order. Names are ML.NET's in camelCase.</summary>
internal sealed record MetricsJson(
    string Dataset,
    string DatasetChecksum,
    int Rows,
    int DroppedRows,
    double MicroAccuracy,
    double MacroAccuracy,
    double LogLoss,
    double LogLossReduction,
    double TopKAccuracy,
    int TopKPredictionCount,
    double[] TopKAccuracyForAllK,
    double[] PerClassLogLoss,
    MetricsJson.Matrix ConfusionMatrix,
    string[] Labels,
    MetricsJson.Class[] PerClass)
{
    /// <summary>Lists of numbers stay on one line; an infinite or undefined number is a string; every member is required.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new OneLineNumbers<double>(), new OneLineNumbers<int>(), new RowPerLine() },
    };

    /// <param name="Counts">Counts[actual][predicted].</param>
    internal sealed record Matrix(int[][] Counts);

    /// <summary>One class's own numbers.</summary>
    internal sealed record Class(string Label, double Precision, double Recall, double F1, int Support);

    public static MetricsJson Of(MetricsFile file)
    {
        MulticlassMetrics metrics = file.Metrics;
        ConfusionMatrix matrix = metrics.ConfusionMatrix;
        return new MetricsJson(
            file.Dataset, file.DatasetChecksum, file.Rows, file.DroppedRows,
            metrics.MicroAccuracy, metrics.MacroAccuracy, metrics.LogLoss, metrics.LogLossReduction,
            metrics.TopKAccuracy, metrics.TopKPredictionCount, [.. metrics.TopKAccuracyForAllK], [.. metrics.PerClassLogLoss],
            new Matrix([.. matrix.Counts.Select(row => row.ToArray())]), [.. matrix.Labels],
            [.. matrix.Labels.Select((label, key) =>
                new Class(label, matrix.PerClassPrecision[key], matrix.PerClassRecall[key], matrix.PerClassF1[key], matrix.PerClassSupport[key]))]);
    }

    /// <exception cref="JsonException">The lists do not fit each other.</exception>
    public MetricsFile ToMetricsFile()
    {
        if (Labels.Length == 0) throw new JsonException("it has no labels");
        if (PerClassLogLoss.Length != Labels.Length)
        {
            throw new JsonException($"it has {Labels.Length} labels but {PerClassLogLoss.Length} of perClassLogLoss");
        }

        var metrics = new MulticlassMetrics
        {
            MicroAccuracy = MicroAccuracy,
            MacroAccuracy = MacroAccuracy,
            LogLoss = LogLoss,
            LogLossReduction = LogLossReduction,
            TopKAccuracyForAllK = TopKAccuracyForAllK,
            PerClassLogLoss = PerClassLogLoss,
            ConfusionMatrix = new ConfusionMatrix(ConfusionMatrix.Counts, Labels),
        };
        return new MetricsFile(Dataset, DatasetChecksum, Rows, DroppedRows, metrics);
    }
}
