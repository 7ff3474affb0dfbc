using DigitML.Engine.Randomness;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Gradients;

/// <summary>Compares a gradient with (f(x + h) − f(x − h)) / 2h in double precision.</summary>
internal static class CentralDifferences
{
    private const double H = 1e-5;
    private const double Tolerance = 1e-7;

    /// <summary>Fails where the gradient of <paramref name="f"/> for one of the values is off by more than the tolerance, relative to the
    /// largest gradient.</summary>
    /// <param name="what">Name of the values in the message.</param>
    /// <param name="values">Arguments of f; changed one at a time and restored.</param>
    /// <param name="gradient">The gradient under test, worked out at the values as they are.</param>
    /// <param name="f">The function, a number.</param>
    internal static void Check(string what, double[] values, ReadOnlySpan<double> gradient, Func<double> f)
    {
        var expected = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            values[i] = value + H;
            double above = f();
            values[i] = value - H;
            double below = f();
            values[i] = value;
            expected[i] = (above - below) / (2 * H);
        }

        double largest = expected.Max(Math.Abs);
        Assert.True(largest > 1e-12 || values.Length == 0, $"{what}: all differences are 0, so this case tests nothing");
        for (int i = 0; i < values.Length; i++)
        {
            double error = Math.Abs(expected[i] - gradient[i]) / Math.Max(largest, 1e-3);
            Assert.True(error < Tolerance, $"{what}[{i}]: gradient {gradient[i]}, central difference {expected[i]}, relative error {error:E1}");
        }
    }

    /// <summary>Distinct values in −2 .. 2 in random order, none near 0 and no two near each other, so that no step of h crosses a kink of
    /// ReLU or max.</summary>
    internal static void FillDistinct(Span<double> values, ref SeededRandom random)
    {
        var order = new int[values.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        random.Shuffle(order);
        for (int i = 0; i < order.Length; i++) values[i] = 4 * (order[i] + 0.5) / order.Length - 2;
        if (values.Length % 2 == 1) values[order.AsSpan().IndexOf(order.Length / 2)] = 0.3 / values.Length;
    }

    /// <summary>Σ r · y: a number that depends on every output.</summary>
    internal static double Dot(ReferenceTensor r, ReferenceTensor y)
    {
        double sum = 0;
        for (int i = 0; i < y.Values.Length; i++) sum += r.Values[i] * y.Values[i];
        return sum;
    }
}
