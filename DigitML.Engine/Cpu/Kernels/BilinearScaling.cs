using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>
/// Scales one image by bilinear interpolation. Plain loops: images at the start of a network have a channel or a few, and scaling them takes about a thousandth of the time of the
/// layers after it.
/// </summary>
internal sealed unsafe class BilinearScaling(Shape from, Shape to)
{
    private readonly Neighbours[] rows = Along(from.Height, to.Height), columns = Along(from.Width, to.Width);
    private readonly int channels = to.Channels;

    /// <summary>y = x, scaled.</summary>
    internal void Run(float* x, ImageLayout input, float* y, ImageLayout output)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            float* above = x + rows[i].Before * input.RowStride, below = x + rows[i].After * input.RowStride, result = y + i * output.RowStride;
            for (int j = 0; j < columns.Length; j++, result += output.PixelStride)
            {
                Neighbours column = columns[j];
                int left = column.Before * input.PixelStride, right = column.After * input.PixelStride;
                for (int c = 0; c < channels; c++)
                {
                    float top = Between(above[left + c], above[right + c], column.Share), bottom = Between(below[left + c], below[right + c], column.Share);
                    result[c] = Between(top, bottom, rows[i].Share);
                }
            }
        }
    }

    private static float Between(float before, float after, float share) => before + (after - before) * share;

    private static Neighbours[] Along(int from, int to) => [.. Enumerable.Range(0, to).Select(i =>
    {
        double point = Math.Clamp((i + 0.5) * from / to - 0.5, 0, from - 1);
        int before = (int)point;
        return new Neighbours(before, Math.Min(before + 1, from - 1), (float)(point - before));
    })];

    private readonly record struct Neighbours(int Before, int After, float Share);
}
