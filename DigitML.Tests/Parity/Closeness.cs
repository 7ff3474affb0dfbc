namespace DigitML.Tests.Parity;

/// <summary>Compares values in single precision with their reference.</summary>
internal static class Closeness
{
    /// <summary>Fails where a value is off by more than <paramref name="relative"/> of the largest reference value plus
    /// <paramref name="absolute"/>.</summary>
    internal static void Check(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double relative, double absolute = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0;
        foreach (float value in expected) largest = Math.Max(largest, Math.Abs(value));
        double limit = relative * largest + absolute;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs((double)expected[i] - actual[i]);
            if (error <= limit) continue;
            Assert.Fail($"{what}[{i}] is {actual[i]:R}, the reference {expected[i]:R}: off by {error:E1}, {limit:E1} is allowed");
        }
    }
}
