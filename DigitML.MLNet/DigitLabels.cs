using DigitML.Engine.Datasets;
using DigitML.Model;
using Microsoft.ML;

namespace DigitML.MLNet;

/// <summary>Label texts as keys in DigitML's order.</summary>
public static class DigitLabels
{
    /// <summary>
    /// Maps labels to keys in the order that people expect: whole numbers by value (0, 1, 2, ..., 10, 11), then other texts by code point. The labels are those of the rows
    /// that the step is fitted on; others become missing. The fitted step is ML.NET's own and is saved with a pipeline.
    /// </summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="outputColumnName">The column of keys to write.</param>
    /// <param name="inputColumnName">The column to read, texts or numbers; the same one where it is null.</param>
    public static DigitLabelEstimator MapDigitLabels(
        this TransformsCatalog transforms, string outputColumnName = DigitData.LabelColumn, string? inputColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        return new DigitLabelEstimator(transforms, outputColumnName, inputColumnName ?? outputColumnName, first: null, addNewLabels: true);
    }

    /// <summary>Maps labels to the keys they have in a label map, from 1 in ML.NET's counting.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="labels">The labels in key order.</param>
    /// <param name="addNewLabels">
    /// Whether labels of the rows that are not among <paramref name="labels"/> get keys after them, in the order that people expect, as retraining a model on further classes
    /// needs it; otherwise they become missing.
    /// </param>
    /// <param name="outputColumnName">The column of keys to write.</param>
    /// <param name="inputColumnName">The column to read, texts or numbers; the same one where it is null.</param>
    public static DigitLabelEstimator MapDigitLabels(
        this TransformsCatalog transforms, LabelMap labels, bool addNewLabels = false, string outputColumnName = DigitData.LabelColumn, string? inputColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        ArgumentNullException.ThrowIfNull(labels);
        return new DigitLabelEstimator(transforms, outputColumnName, inputColumnName ?? outputColumnName, labels, addNewLabels);
    }

    /// <summary>Maps labels to the keys they have in a model, as evaluating it needs them; labels it does not know become missing.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="model">The model.</param>
    /// <param name="outputColumnName">The column of keys to write.</param>
    /// <param name="inputColumnName">The column to read, texts or numbers; the same one where it is null.</param>
    public static DigitLabelEstimator MapDigitLabels(
        this TransformsCatalog transforms, DigitModel model, string outputColumnName = DigitData.LabelColumn, string? inputColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return transforms.MapDigitLabels(model.Labels, addNewLabels: false, outputColumnName, inputColumnName);
    }

    /// <summary>Maps labels to the keys they have in a scorer, as evaluating it needs them; labels it does not know become missing.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="scorer">A classifier, a saved pipeline, or another scorer.</param>
    /// <param name="outputColumnName">The column of keys to write.</param>
    /// <param name="inputColumnName">The column to read, texts or numbers; the same one where it is null.</param>
    public static DigitLabelEstimator MapDigitLabels(
        this TransformsCatalog transforms, IDigitScorer scorer, string outputColumnName = DigitData.LabelColumn, string? inputColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        return transforms.MapDigitLabels(scorer.Labels, addNewLabels: false, outputColumnName, inputColumnName);
    }
}
