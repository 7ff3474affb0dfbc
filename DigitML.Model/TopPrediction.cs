using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Model;

/// <summary>The class with the highest score of one image, without the scores of the other classes and without allocating.</summary>
/// <param name="Label">Label of the class (the model's own string, not a copy).</param>
/// <param name="Key">Its key: its index in the model's labels.</param>
/// <param name="Score">Its score, 0 .. 1.</param>
public readonly record struct TopPrediction(string Label, int Key, float Score)
{
    /// <summary>Finds the class with the highest score of one image; the lower key on a tie.</summary>
    /// <param name="labels">The classes in key order.</param>
    /// <param name="scores">One score per class.</param>
    /// <exception cref="ArgumentException">The number of scores does not match the number of classes.</exception>
    /// <exception cref="DigitMLException">A score is not a finite number.</exception>
    public static TopPrediction Of(LabelMap labels, ReadOnlySpan<float> scores)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (scores.Length != labels.Count) throw new ArgumentException($"{labels.Count} classes need {labels.Count} scores, not {scores.Length}.", nameof(scores));
        int key = ArgMax.Of(scores);
        if (key < 0) throw NotNumbers();
        return new TopPrediction(labels[key], key, scores[key]);
    }

    /// <summary>The failure of a model whose scores are not finite.</summary>
    internal static DigitMLException NotNumbers() => new(
        "The model's scores are not finite numbers, so no class can be chosen: its weights are too large; train it again with a lower learning rate.");
}
