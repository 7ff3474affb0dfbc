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
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms) => transforms.MapDigitLabels(DigitData.LabelColumn, DigitData.LabelColumn);

    /// <summary>The same for columns of other names.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="outputColumnName">The column of keys to write.</param>
    /// <param name="inputColumnName">The column to read, texts or numbers.</param>
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms, string outputColumnName, string inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        ArgumentNullException.ThrowIfNull(outputColumnName);
        ArgumentNullException.ThrowIfNull(inputColumnName);
        return new DigitLabelEstimator(transforms, outputColumnName, inputColumnName, first: null, addNewLabels: true);
    }

    /// <summary>Maps labels to the keys they have in a label map, from 1 in ML.NET's counting; other labels become missing.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="labels">The labels in key order.</param>
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms, LabelMap labels) => transforms.MapDigitLabels(labels, addNewLabels: false);

    /// <summary>Maps labels to the keys they have in a label map, and further ones to keys after them, as retraining a model on further classes needs it.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="labels">The labels in key order.</param>
    /// <param name="addNewLabels">
    /// Whether labels of the rows that are not among <paramref name="labels"/> get keys after them, in the order that people expect; otherwise they become missing.
    /// </param>
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms, LabelMap labels, bool addNewLabels) =>
        transforms.MapDigitLabels(labels, addNewLabels, DigitData.LabelColumn, DigitData.LabelColumn);

    /// <summary>The same for columns of other names.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="labels">The labels in key order.</param>
    /// <param name="addNewLabels">True if further labels get keys after them; otherwise they become missing.</param>
    /// <param name="outputColumnName">The column of keys to write.</param>
    /// <param name="inputColumnName">The column to read, texts or numbers.</param>
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms, LabelMap labels, bool addNewLabels, string outputColumnName, string inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        ArgumentNullException.ThrowIfNull(labels);
        return new DigitLabelEstimator(transforms, outputColumnName, inputColumnName, labels, addNewLabels);
    }

    /// <summary>Maps labels to the keys they have in a model, as evaluating it needs them; labels it does not know become missing.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="model">The model.</param>
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms, DigitModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return transforms.MapDigitLabels(model.Labels);
    }

    /// <summary>Maps labels to the keys they have in a scorer, as evaluating it needs them; labels it does not know become missing.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="scorer">A classifier, a saved pipeline, or another scorer.</param>
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms, IDigitScorer scorer)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        return transforms.MapDigitLabels(scorer.Labels);
    }
}
