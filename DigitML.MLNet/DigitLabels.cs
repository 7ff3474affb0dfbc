using DigitML.Engine.Datasets;
using DigitML.Model;
using Microsoft.ML;

namespace DigitML.MLNet;

/// <summary>Maps labels to keys in DigitML's order.</summary>
public static class DigitLabels
{
    /// <summary>
    /// Maps labels to keys in natural order: whole numbers by value (0, 1, 2, ..., 10, 11), then other labels by code point. The labels are those of the rows
    /// on which the step is fitted; others become missing. The fitted step is ML.NET's own and is saved with a pipeline.
    /// </summary>
    /// <param name="transforms">The catalog.</param>
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms) => transforms.MapDigitLabels(DigitData.LabelColumn, DigitData.LabelColumn);

    /// <summary>The same, for columns with other names.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="outputColumnName">The column of keys to write.</param>
    /// <param name="inputColumnName">The column to read, text or numbers. An empty text and NaN are missing labels; an infinite number is an error.</param>
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms, string outputColumnName, string inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        ArgumentNullException.ThrowIfNull(outputColumnName);
        ArgumentNullException.ThrowIfNull(inputColumnName);
        return new DigitLabelEstimator(transforms, outputColumnName, inputColumnName, first: null, addNewLabels: true);
    }

    /// <summary>Maps labels to their keys in a label map (which ML.NET counts from 1); other labels become missing.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="labels">The labels in key order.</param>
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms, LabelMap labels) => transforms.MapDigitLabels(labels, addNewLabels: false);

    /// <summary>Maps labels to their keys in a label map, and new labels to keys after them, as needed to retrain a model on new classes.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="labels">The labels in key order.</param>
    /// <param name="addNewLabels">
    /// True to give labels that are not among <paramref name="labels"/> keys after them, in natural order; otherwise they become missing.
    /// </param>
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms, LabelMap labels, bool addNewLabels) =>
        transforms.MapDigitLabels(labels, addNewLabels, DigitData.LabelColumn, DigitData.LabelColumn);

    /// <summary>The same, for columns with other names.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="labels">The labels in key order.</param>
    /// <param name="addNewLabels">True to give new labels keys after them; otherwise they become missing.</param>
    /// <param name="outputColumnName">The column of keys to write.</param>
    /// <param name="inputColumnName">The column to read, text or numbers. An empty text and NaN are missing labels; an infinite number is an error.</param>
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms, LabelMap labels, bool addNewLabels, string outputColumnName, string inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        ArgumentNullException.ThrowIfNull(labels);
        return new DigitLabelEstimator(transforms, outputColumnName, inputColumnName, labels, addNewLabels);
    }

    /// <summary>Maps labels to their keys in a model, as needed to evaluate it; labels that it does not know become missing.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="model">The model.</param>
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms, DigitModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return transforms.MapDigitLabels(model.Labels);
    }

    /// <summary>Maps labels to their keys in a scorer, as needed to evaluate it; labels that it does not know become missing.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="scorer">A classifier, a saved pipeline, or another scorer.</param>
    public static DigitLabelEstimator MapDigitLabels(this TransformsCatalog transforms, IDigitScorer scorer)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        return transforms.MapDigitLabels(scorer.Labels);
    }
}
