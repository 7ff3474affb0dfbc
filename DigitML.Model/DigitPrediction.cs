namespace DigitML.Model;

/// <summary>The prediction for one image.</summary>
/// <param name="Label">Label of the class with the highest score.</param>
/// <param name="Key">Its key: its index in the model's labels.</param>
/// <param name="Score">Its score, 0 .. 1.</param>
/// <param name="Scores">The scores of all classes in key order; they sum to 1.</param>
public sealed record DigitPrediction(string Label, int Key, float Score, float[] Scores);
