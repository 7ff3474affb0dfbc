namespace DigitML.Engine.Randomness;

/// <summary>
/// A stream of random numbers determined by a seed, a purpose and up to two coordinates (epoch, row), the same on every machine. Streams of different
/// purposes or coordinates are independent, so work split over threads draws the same numbers however it is split. SplitMix64 (Steele et al. 2014).
/// </summary>
internal struct SeededRandom
{
    private ulong state;

    /// <summary>The stream of a purpose at the given coordinates.</summary>
    public SeededRandom(ulong seed, RandomPurpose purpose, ulong first = 0, ulong second = 0) =>
        state = Mix(Mix(Mix(Mix(seed) ^ (ulong)purpose) ^ first) ^ second);

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits() => Mix(state += 0x9E3779B97F4A7C15);

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double NextDouble(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Uniform in 0 .. exclusiveMax − 1 (by multiplication; the bias is below 2^-32 for sizes below 2^32).</summary>
    public int NextInt32(int exclusiveMax) => (int)Math.BigMul(NextBits(), (ulong)exclusiveMax, out _);

    /// <summary>Normal with mean 0 and variance 1. Box and Muller 1958.</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Shuffles the items. Fisher and Yates.</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Spreads every bit of a number over all bits: the finalizer of SplitMix64.</summary>
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
