namespace DigitML.Model.Images;

/// <summary>
/// Scales a part of an image, rows and columns separately: down by averaging the area that a pixel covers, up by linear interpolation.
/// </summary>
internal static class ImageScaling
{
    /// <summary>Scales a box of an image of <paramref name="imageWidth"/> columns to height x width values.</summary>
    internal static float[] Scale(float[] image, int imageWidth, InkBox box, int height, int width)
    {
        (int First, float[] Shares)[] columns = Weights(box.Width, width), rows = Weights(box.Height, height);
        var narrow = new float[box.Height * width];
        for (int y = 0; y < box.Height; y++)
        {
            ReadOnlySpan<float> row = image.AsSpan((box.Top + y) * imageWidth + box.Left, box.Width);
            for (int x = 0; x < width; x++)
            {
                for (int k = 0; k < columns[x].Shares.Length; k++) narrow[y * width + x] += columns[x].Shares[k] * row[columns[x].First + k];
            }
        }

        var scaled = new float[height * width];
        for (int y = 0; y < height; y++)
        {
            for (int k = 0; k < rows[y].Shares.Length; k++)
            {
                for (int x = 0; x < width; x++) scaled[y * width + x] += rows[y].Shares[k] * narrow[(rows[y].First + k) * width + x];
            }
        }

        return scaled;
    }

    // For each position of the result: the first source position, and the weights of that and the following ones; they sum to 1.
    private static (int First, float[] Shares)[] Weights(int from, int to) =>
        [.. Enumerable.Range(0, to).Select(place => from > to
            ? Area((double)place * from / to, (double)(place + 1) * from / to, from)
            : Linear((place + 0.5) * from / to - 0.5, from))];

    private static (int First, float[] Shares) Area(double start, double end, int from)
    {
        int first = (int)start, last = Math.Min((int)Math.Ceiling(end), from);
        return (first, [.. Enumerable.Range(first, last - first).Select(i => (float)((Math.Min(i + 1, end) - Math.Max(i, start)) / (end - start)))]);
    }

    private static (int First, float[] Shares) Linear(double centre, int from)
    {
        int first = Math.Clamp((int)Math.Floor(centre), 0, from - 1);
        float share = (float)Math.Clamp(centre - first, 0, 1);
        return first + 1 < from && share > 0 ? (first, [1 - share, share]) : (first, [1f]);
    }
}
