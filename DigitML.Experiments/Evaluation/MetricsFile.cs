using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DigitML.Data.Sources;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Files;
using Microsoft.ML.Data;

namespace DigitML.Experiments.Evaluation;

/// <summary>metrics.json: the metrics of a run, with ML.NET's names; the same evaluation gives the same bytes.</summary>
/// <param name="Dataset">Name of the evaluated data.</param>
/// <param name="DatasetChecksum">Checksum of its rows: pixels and labels, independent of the file's location.</param>
/// <param name="Rows">Number of evaluated rows.</param>
/// <param name="DroppedRows">Number of rows dropped because their label is missing or unknown.</param>
/// <param name="MicroAccuracy">Fraction of the rows predicted correctly, 0 .. 1.</param>
/// <param name="MacroAccuracy">Mean of that fraction over the classes that have rows.</param>
/// <param name="LogLoss">Mean of −ln p, p = the score of the true class, at least 1e-15.</param>
/// <param name="LogLossReduction">(H − LogLoss) / H, H = the entropy of the true classes.</param>
/// <param name="TopKAccuracy">Fraction of the rows whose class is among the <paramref name="TopKPredictionCount"/> highest scores.</param>
/// <param name="TopKPredictionCount">The K of <paramref name="TopKAccuracy"/>.</param>
/// <param name="TopKAccuracyForAllK">The same fraction for k = 1, 2, ..., K.</param>
/// <param name="PerClassLogLoss">Mean of −ln p over the rows of each class; 0 if it has none.</param>
/// <param name="ConfusionMatrix">How many rows of each class were predicted as each class.</param>
/// <param name="Labels">The classes in key order.</param>
/// <param name="PerClass">The metrics of each class.</param>
public sealed record MetricsFile(
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
    ConfusionMatrixRecord ConfusionMatrix,
    string[] Labels,
    ClassMetrics[] PerClass)
{
    // An infinite or undefined number is a string; every member is required.
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    // Lists of numbers stay on one line.
    private static readonly JsonSerializerOptions Options = new(Plain) { Converters = { new OneLineNumbers<double>(), new OneLineNumbers<int>(), new RowPerLine() } };

    /// <summary>Number of rows predicted as another class.</summary>
    internal int Mistakes => (int)Math.Round((1 - MicroAccuracy) * Rows);

    /// <summary>Returns the metrics of an evaluation.</summary>
    public static MetricsFile Of(EvaluationResult evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        MulticlassClassificationMetrics metrics = evaluation.Metrics;
        ConfusionCounts confusion = evaluation.Confusion;
        return new MetricsFile(
            evaluation.DatasetName, evaluation.DatasetChecksum, evaluation.RowCount, evaluation.DroppedRows,
            metrics.MicroAccuracy, metrics.MacroAccuracy, metrics.LogLoss, metrics.LogLossReduction,
            metrics.TopKAccuracy, metrics.TopKPredictionCount, [.. metrics.TopKAccuracyForAllK], [.. metrics.PerClassLogLoss],
            ConfusionMatrixRecord.Of(confusion), [.. confusion.Labels],
            [.. confusion.Labels.Select((label, key) => new ClassMetrics(
                label, metrics.ConfusionMatrix.PerClassPrecision[key], metrics.ConfusionMatrix.PerClassRecall[key], confusion.PerClassF1[key], confusion.PerClassSupport[key]))]);
    }

    /// <summary>Writes the file atomically.</summary>
    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteText(path, ToJson());

    /// <summary>Returns the content of the file, with a line break at the end; <c>--json</c> prints it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options) + "\n";

    /// <summary>Reads a file written by <see cref="Write"/>.</summary>
    /// <exception cref="DigitMLException">The file is missing or is not a metrics file.</exception>
    public static MetricsFile Read(string path) => DataFile.Find(path).Read(stream =>
    {
        string json = new StreamReader(stream).ReadToEnd();
        try
        {
            MetricsFile metrics = JsonSerializer.Deserialize<MetricsFile>(json, Options) ?? throw new JsonException("it is null");
            metrics.Check();
            return metrics;
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            throw new DigitMLException($"{path} is not a metrics file: {(JsonLine.IsCutOff(json) ? "it is empty or cut off" : ReasonOf(failure))}; create it again with evaluate or train.", failure);
        }
    });

    /// <summary>True if a file can be read as metrics.</summary>
    internal static bool IsOne(string path)
    {
        try
        {
            Read(path);
            return true;
        }
        catch (DigitMLException)
        {
            return false;
        }
    }

    /// <summary>The JSON Schema of the file; docs/metrics.schema.json holds it.</summary>
    internal static string JsonSchema()
    {
        JsonObject schema = Plain.GetJsonSchemaAsNode(typeof(MetricsFile), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "metrics.json of a DigitML run");
        return schema.ToJsonString(Plain) + "\n";
    }

    /// <exception cref="JsonException">The lists do not fit each other.</exception>
    private void Check()
    {
        if (Labels.Length == 0) throw new JsonException("it has no labels");
        if (PerClassLogLoss.Length != Labels.Length) throw new JsonException($"it has {Labels.Length} labels but {PerClassLogLoss.Length} of perClassLogLoss");
        if (PerClass.Length != Labels.Length) throw new JsonException($"it has {Labels.Length} labels but {PerClass.Length} of perClass");
        ConfusionMatrix.Check(Labels);
    }

    // The runtime's own messages name types; the position is more helpful.
    private static string ReasonOf(Exception failure) => failure switch
    {
        JsonException when failure.Message.Contains("missing required", StringComparison.Ordinal) => "members are missing",
        JsonException { LineNumber: { } line, Path: { Length: > 2 } path } => $"line {line + 1}: {path[2..]} has the wrong kind of value",
        JsonException { LineNumber: { } line } => $"line {line + 1}: its JSON is malformed or of another kind",
        _ => failure.Message.Split(" (Parameter", 2)[0].Split('\n')[0].TrimEnd('.'),
    };
}

/// <summary>The confusion matrix as metrics.json holds it.</summary>
/// <param name="Counts">Counts[actual][predicted].</param>
/// <param name="Labels">The classes of the counts, where there are more classes than these 50, which are in most mistakes; null where the counts cover all.</param>
public sealed record ConfusionMatrixRecord(int[][] Counts, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string[]? Labels = null)
{
    internal static ConfusionMatrixRecord Of(ConfusionCounts matrix)
    {
        IReadOnlyList<int> keys = matrix.ShownKeys();
        return new ConfusionMatrixRecord(
            [.. keys.Select(actual => (int[])[.. keys.Select(predicted => matrix.Counts[actual][predicted])])],
            keys.Count == matrix.NumberOfClasses ? null : [.. keys.Select(key => matrix.Labels[key])]);
    }

    /// <exception cref="JsonException">The counts are not a matrix of their classes.</exception>
    internal void Check(string[] all)
    {
        int classes = (Labels ?? all).Length;
        if (Counts.Length != classes || Counts.Any(row => row.Length != classes)) throw new JsonException($"{classes} classes need {classes} rows of {classes} counts");
    }
}

/// <summary>The metrics of one class.</summary>
/// <param name="Label">The class.</param>
/// <param name="Precision">Fraction of the rows predicted as this class that belong to it; 0 if none was.</param>
/// <param name="Recall">Fraction of its rows that were predicted as this class; 0 if it has none.</param>
/// <param name="F1">Harmonic mean of precision and recall.</param>
/// <param name="Support">Number of its rows.</param>
public sealed record ClassMetrics(string Label, double Precision, double Recall, double F1, int Support);
