namespace DigitML.Experiments.Checks;

/// <summary>A row whose label is likely wrong: networks that did not learn from the row expect another one.</summary>
/// <param name="Row">The row, from 0.</param>
/// <param name="Label">Its label, as a key.</param>
/// <param name="Suggested">The label that the networks expect, as a key.</param>
/// <param name="LabelScore">Their score for its label.</param>
/// <param name="SuggestedScore">Their score for the other label.</param>
internal sealed record SuspectLabel(int Row, int Label, int Suggested, float LabelScore, float SuggestedScore)
{
    /// <summary>By how much the other label is more likely; rows are ranked by it.</summary>
    internal float Margin => SuggestedScore - LabelScore;
}
