using System.Numerics;

namespace DigitML.Engine.Cpu.Training;

/// <summary>Mean and squared deviation of a number of values.</summary>
/// <param name="Count">Values, 1 or more.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="SquaredDeviation">Σ (value − mean)².</param>
internal readonly record struct Moments(double Count, double Mean, double SquaredDeviation) : IAdditionOperators<Moments, Moments, Moments>
{
    /// <summary>The moments of both sets of values. Chan, Golub and LeVeque 1979.</summary>
    public static Moments operator +(Moments left, Moments right)
    {
        double count = left.Count + right.Count, difference = right.Mean - left.Mean, share = right.Count / count;
        return new Moments(
            count, left.Mean + difference * share, left.SquaredDeviation + right.SquaredDeviation + difference * difference * left.Count * share);
    }
}
