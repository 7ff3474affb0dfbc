using DigitML.Engine.Randomness;

namespace DigitML.Engine.Learning;

/// <summary>
/// A smooth random displacement of every point of an image: control points on a square grid are moved at random, and a uniform cubic B-spline spreads
/// their displacements to the pixels between. Rueckert et al. 1999; as augmentation of digits, with a blurred field in place of the spline: Simard et al. 2003.
/// Used by one thread at a time.
/// </summary>
internal sealed class ElasticField
{
    private const int Taps = 4;

    private readonly int height, width, pointsY, pointsX;
    private readonly (int First, float[] Weights)[] rows, columns;
    private readonly float[] points, columnwise;

    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="spacing">Pixels between control points.</param>
    internal ElasticField(int height, int width, int spacing)
    {
        (this.height, this.width) = (height, width);
        (rows, columns) = (Spline(height, spacing), Spline(width, spacing));
        (pointsY, pointsX) = (rows[^1].First + Taps, columns[^1].First + Taps);
        points = new float[pointsY * pointsX];
        columnwise = new float[pointsY * width];
        (X, Y) = (new float[height * width], new float[height * width]);
    }

    /// <summary>Displacement to the right of every pixel [H, W], in pixels.</summary>
    internal float[] X { get; }

    /// <summary>Displacement down of every pixel [H, W], in pixels.</summary>
    internal float[] Y { get; }

    /// <summary>Draws new displacements: each control point moves by up to <paramref name="pixels"/> along each axis.</summary>
    internal void Draw(float pixels, ref SeededRandom random)
    {
        Draw(X, pixels, ref random);
        Draw(Y, pixels, ref random);
    }

    private void Draw(float[] displacement, float pixels, ref SeededRandom random)
    {
        for (int i = 0; i < points.Length; i++) points[i] = (float)random.NextDouble(-pixels, pixels);
        for (int y = 0; y < pointsY; y++)
        {
            ReadOnlySpan<float> line = points.AsSpan(y * pointsX, pointsX);
            for (int x = 0; x < width; x++)
            {
                (int first, float[] weights) = columns[x];
                columnwise[y * width + x] = Sum(line[first..], 1, weights);
            }
        }

        for (int y = 0; y < height; y++)
        {
            (int first, float[] weights) = rows[y];
            for (int x = 0; x < width; x++) displacement[y * width + x] = Sum(columnwise.AsSpan(first * width + x), width, weights);
        }
    }

    private static float Sum(ReadOnlySpan<float> values, int stride, float[] weights) =>
        values[0] * weights[0] + values[stride] * weights[1] + values[2 * stride] * weights[2] + values[3 * stride] * weights[3];

    /// <summary>For every pixel of an axis, the first of its four control points and their weights.</summary>
    private static (int First, float[] Weights)[] Spline(int size, int spacing) => [.. Enumerable.Range(0, size).Select(pixel =>
    {
        double t = pixel % spacing / (double)spacing, s = 1 - t;
        double[] weights = [s * s * s / 6, (3 * t * t * t - 6 * t * t + 4) / 6, (3 * s * s * s - 6 * s * s + 4) / 6, t * t * t / 6];
        return (pixel / spacing, weights.Select(weight => (float)weight).ToArray());
    })];
}
