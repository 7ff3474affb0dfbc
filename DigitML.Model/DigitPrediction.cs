namespace DigitML.Model;

/// <summary>The prediction for one image.</summary>
/// <param name="Label">Text of the class with the largest score.</param>
/// <param name="Key">Its key: its position among the model's labels.</param>
/// <param name="Score">Its score, 0 .. 1.</param>
/// <param name="Scores">The scores of all classes in key order; they sum to 1.</param>
public sealed record DigitPrediction(string Label, int Key, float Score, float[] Scores);
