using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>Undoes the filter of a PNG row: each byte was written as its difference from a prediction. Specification, section 9.</summary>
internal static class PngFilter
{
    /// <summary>Turns differences into bytes, in place.</summary>
    /// <param name="name">The file name that messages use.</param>
    /// <param name="filter">0 none, 1 left, 2 above, 3 mean of both, 4 Paeth.</param>
    /// <param name="row">The row.</param>
    /// <param name="above">The row above it, already unfiltered; zeros above the first.</param>
    /// <param name="pixelBytes">Bytes from a pixel to the one left of it.</param>
    /// <exception cref="DigitMLException">There is no such filter.</exception>
    internal static void Undo(string name, byte filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        if (filter > 4) throw new DigitMLException($"{name} is damaged: a PNG row has filter {filter}; filters are 0 to 4.");
        if (filter == 0) return;
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= pixelBytes ? row[i - pixelBytes] : 0, up = above[i];
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                _ => Paeth(left, up, i >= pixelBytes ? above[i - pixelBytes] : 0),
            });
        }
    }

    // The neighbour that is nearest to left + up - corner; ties in this order.
    private static int Paeth(int left, int up, int corner)
    {
        int guess = left + up - corner;
        int toLeft = Math.Abs(guess - left), toUp = Math.Abs(guess - up), toCorner = Math.Abs(guess - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
