namespace DigitML.Experiments.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">Its points, from left to right.</param>
/// <param name="Color">Which of the chart colours it has, from 0.</param>
/// <param name="IsDashed">True if its line is dashed: colours alone do not distinguish lines for every reader.</param>
internal sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points, int Color, bool IsDashed = false);
