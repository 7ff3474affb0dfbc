namespace DigitML.Engine.Randomness;

/// <summary>
/// Which values a dropout layer drops, as a function of the value's index alone, so that every device and every number of threads drops the same
/// ones. The hash is 32-bit arithmetic only, so that a SIMD device can compute a vector of hashes at once.
/// </summary>
internal readonly record struct DropoutMask
{
    /// <summary>Multiplies the index before it is hashed.</summary>
    public const uint IndexFactor = 0x9E3779B9;

    /// <summary>First multiplier of the hash.</summary>
    public const uint FirstFactor = 0x21F0AAAD;

    /// <summary>Second multiplier of the hash.</summary>
    public const uint SecondFactor = 0x735A2D97;

    /// <summary>The mask of one layer in one step.</summary>
    public DropoutMask(float rate, ulong seed, long step, int layerIndex)
    {
        Key = (uint)new SeededRandom(seed, RandomPurpose.Dropout, (ulong)step, (ulong)layerIndex).NextBits();
        Threshold = (uint)Math.Min(rate * 4294967296.0, uint.MaxValue);
        KeepScale = 1f / (1f - rate);
    }

    /// <summary>Added to the multiplied index.</summary>
    public uint Key { get; }

    /// <summary>A hash below this drops its value.</summary>
    public uint Threshold { get; }

    /// <summary>Factor on kept values: 1 / (1 − rate).</summary>
    public float KeepScale { get; }

    /// <summary>True if the value at <paramref name="index"/> of the minibatch (row-major N x C x H x W, or N x features) is dropped.</summary>
    public bool IsDropped(uint index)
    {
        uint h = index * IndexFactor + Key;
        h = (h ^ (h >> 16)) * FirstFactor;
        h = (h ^ (h >> 15)) * SecondFactor;
        return (h ^ (h >> 15)) < Threshold;
    }
}
