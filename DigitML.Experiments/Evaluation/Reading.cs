namespace DigitML.Experiments.Evaluation;

/// <summary>What a model takes a row for.</summary>
/// <param name="Row">Position in the dataset.</param>
/// <param name="Actual">Key of the true class.</param>
/// <param name="Predicted">Key of the class with the highest score.</param>
/// <param name="Score">That score.</param>
internal sealed record Reading(int Row, int Actual, int Predicted, float Score)
{
    /// <summary>Whether the two are one.</summary>
    internal bool IsRight => Actual == Predicted;
}
