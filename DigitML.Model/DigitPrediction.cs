namespace DigitML.Model;

/// <summary>What a model reads in one image.</summary>
/// <param name="Label">Text of the best class.</param>
/// <param name="Key">Its key: its place among the model's labels.</param>
/// <param name="Score">Its score, 0 .. 1.</param>
/// <param name="Scores">The scores of all classes in key order; they sum to 1.</param>
public sealed record DigitPrediction(string Label, int Key, float Score, float[] Scores);

/// <summary>The best class of one image, without the scores of the others and without an allocation.</summary>
/// <param name="Label">Text of the best class (the model's own text, not a copy).</param>
/// <param name="Key">Its key: its place among the model's labels.</param>
/// <param name="Score">Its score, 0 .. 1.</param>
public readonly record struct TopPrediction(string Label, int Key, float Score);
