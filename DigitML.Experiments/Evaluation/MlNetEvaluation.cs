using DigitML.Engine.Datasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.Experiments.Evaluation;

/// <summary>Passes scores of labelled rows to ML.NET's evaluator: the columns Label and PredictedLabel (keys) and Score (a vector with the labels as slot names).</summary>
internal static class MlNetEvaluation
{
    /// <summary>ML.NET's metrics of scores.</summary>
    /// <param name="scores">N x K probabilities, row-major.</param>
    /// <param name="labels">N true keys, from 0.</param>
    /// <param name="predicted">N keys of the highest score.</param>
    /// <param name="labelMap">The K classes.</param>
    /// <param name="topKPredictionCount">The K of TopKAccuracy; at most the number of classes is used.</param>
    internal static MulticlassClassificationMetrics Evaluate(float[] scores, int[] labels, int[] predicted, LabelMap labelMap, int topKPredictionCount)
    {
        var ml = new MLContext();
        int classes = labelMap.Count;
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        ReadOnlyMemory<char>[] names = [.. labelMap.Labels.Select(label => label.AsMemory())];
        schema[nameof(Row.Label)].ColumnType = schema[nameof(Row.PredictedLabel)].ColumnType = new KeyDataViewType(typeof(uint), classes);
        schema[nameof(Row.Score)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, classes);
        schema[nameof(Row.Score)].AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(classes, names), new VectorDataViewType(TextDataViewType.Instance, classes));
        IDataView rows = ml.Data.LoadFromEnumerable(
            labels.Select((label, row) => new Row { Label = (uint)label, PredictedLabel = (uint)predicted[row], Score = scores[(row * classes)..((row + 1) * classes)] }), schema);
        return ml.MulticlassClassification.Evaluate(rows, topKPredictionCount: Math.Min(topKPredictionCount, classes));
    }

    // In an object's key property, ML.NET counts from 0.
    private sealed class Row
    {
        public uint Label { get; set; }

        public uint PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];
    }
}
