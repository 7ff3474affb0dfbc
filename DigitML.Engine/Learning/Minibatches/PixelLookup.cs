using DigitML.Engine.Datasets;

namespace DigitML.Engine.Learning;

/// <summary>Normalises pixels by looking each up among the 256 possible values.</summary>
internal sealed class PixelLookup
{
    private readonly float[] values;

    internal PixelLookup(PixelNormalization normalization) => values = [.. Enumerable.Range(0, 256).Select(pixel => normalization.Apply(pixel))];

    /// <summary>Writes the normalised value of each pixel.</summary>
    internal void Normalize(ReadOnlySpan<byte> pixels, Span<float> normalized)
    {
        ReadOnlySpan<float> lookup = values.AsSpan(0, 256);
        normalized = normalized[..pixels.Length];
        for (int i = 0; i < pixels.Length; i++) normalized[i] = lookup[pixels[i]];
    }
}
