namespace DigitML.Experiments.Evaluation;

/// <summary>A row's prediction.</summary>
/// <param name="Row">Index in the dataset, from 0.</param>
/// <param name="Actual">Key of the true class.</param>
/// <param name="Predicted">Key of the class with the highest score.</param>
/// <param name="Score">That score.</param>
public sealed record ScoredRow(int Row, int Actual, int Predicted, float Score)
{
    /// <summary>True if the predicted label equals the true label.</summary>
    public bool IsCorrect => Actual == Predicted;
}
