using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Memory;

/// <summary>
/// How the images of a minibatch are laid out in memory: NHWC with channels padded to whole vectors and a margin of zeros around each image, so that windows
/// over the border need no special case. Strides are in floats.
/// </summary>
/// <param name="Height">Rows of the image proper.</param>
/// <param name="Width">Columns of the image proper.</param>
/// <param name="Channels">Channels that hold values.</param>
/// <param name="PixelStride">Floats from a pixel to the next in its row.</param>
/// <param name="RowStride">Floats from a pixel to the one below.</param>
/// <param name="SampleStride">Floats from one image to the next.</param>
/// <param name="Origin">Offset of pixel (0, 0) of the first image.</param>
internal sealed record ImageLayout(int Height, int Width, int Channels, int PixelStride, int RowStride, int SampleStride, int Origin)
{
    private const int CacheLineFloats = 16;

    /// <summary>Pixels of an image.</summary>
    internal int Pixels => Height * Width;

    /// <summary>
    /// The layout of an image with margins. <paramref name="dilation"/> leaves that many steps between pixels (the gradient of a strided convolution is
    /// stored this way, which makes its input gradient an ordinary convolution).
    /// </summary>
    internal static ImageLayout Create(int height, int width, int channels, int paddedChannels, Margins margins, Size2D dilation)
    {
        int spannedHeight = (height - 1) * dilation.Height + 1 + margins.Top + margins.Bottom;
        int spannedWidth = (width - 1) * dilation.Width + 1 + margins.Left + margins.Right;
        int row = spannedWidth * paddedChannels;

        // An odd number of cache lines: a column of samples whose strides are a power of two would otherwise share a few sets of the L1 cache.
        int sample = RoundUp(spannedHeight * row, CacheLineFloats) | CacheLineFloats;
        int origin = margins.Top * row + margins.Left * paddedChannels;
        return new ImageLayout(height, width, channels, paddedChannels * dilation.Width, row * dilation.Height, sample, origin);
    }

    /// <summary>Floats that <paramref name="samples"/> images need.</summary>
    internal long LengthOf(int samples) => (long)samples * SampleStride;

    /// <summary>Offset of a channel-row-column index (<see cref="Flatten"/>'s order) from pixel (0, 0) of its image.</summary>
    internal int OffsetOf(int index)
    {
        int channel = index / Pixels, pixel = index % Pixels;
        return pixel / Width * RowStride + pixel % Width * PixelStride + channel;
    }

    /// <summary>Copies an image of channel planes (C x H x W) so that <paramref name="pixel"/> is its pixel (0, 0).</summary>
    internal unsafe void CopyFromPlanes(ReadOnlySpan<float> planes, float* pixel)
    {
        for (int c = 0; c < Channels; c++)
        {
            for (int y = 0; y < Height; y++)
            {
                ReadOnlySpan<float> source = planes.Slice((c * Height + y) * Width, Width);
                float* row = pixel + y * RowStride + c;
                if (PixelStride == 1) source.CopyTo(new Span<float>(row, Width));
                else for (int x = 0; x < Width; x++) row[x * PixelStride] = source[x];
            }
        }
    }

    internal static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
