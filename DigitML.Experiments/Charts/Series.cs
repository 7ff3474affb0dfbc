namespace DigitML.Experiments.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="Points">Its points, from left to right.</param>
/// <param name="Color">Index of its chart colour, from 0.</param>
/// <param name="IsDashed">True if its line is dashed: not every reader can tell lines apart by colour alone.</param>
internal sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points, int Color, bool IsDashed = false);
