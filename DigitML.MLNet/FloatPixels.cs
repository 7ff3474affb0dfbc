using DigitML.Engine;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>Pixels that are floats: whole numbers from 0 to 255, or such numbers divided by 255. A value above 1 tells the two scales apart, in training and in scoring.</summary>
internal static class FloatPixels
{
    // A pixel divided by 255 and multiplied again is this close to a whole number.
    private const float Tolerance = 1e-3f;

    private const string Rule = "pixels are whole numbers from 0 to 255, or such numbers divided by 255, the same in all rows; leave any other normalisation to the recipe";

    /// <summary>The factor that scales the floats of a column to 0 .. 255: 1 or 255. Reads the rows up to the first value above 1.</summary>
    internal static float ScaleOf(IDataView view, PixelColumn pixels)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([pixels.Column]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(pixels.Column);
        VBuffer<float> values = default;
        while (cursor.MoveNext())
        {
            get(ref values);
            if (ScaleOf(values.GetValues()) == 1) return 1;
        }

        return 255;
    }

    /// <summary>The same for one image.</summary>
    internal static float ScaleOf(ReadOnlySpan<float> image)
    {
        foreach (float value in image)
        {
            if (value > 1) return 1;
        }

        return 255;
    }

    /// <summary>Converts an image to bytes.</summary>
    /// <param name="image">The floats.</param>
    /// <param name="scale">The factor that scales them to 0 .. 255.</param>
    /// <param name="bytes">Receives the pixels.</param>
    /// <param name="column">The name of the column, for messages.</param>
    /// <param name="row">The row, from 0, for messages.</param>
    /// <exception cref="DigitMLException">A value is not a pixel.</exception>
    internal static void ToBytes(ReadOnlySpan<float> image, float scale, Span<byte> bytes, string column, long row)
    {
        for (int i = 0; i < image.Length; i++)
        {
            float pixel = image[i] * scale, whole = MathF.Round(pixel);
            if (!(whole is >= 0 and <= 255 && Math.Abs(pixel - whole) <= Tolerance)) throw new DigitMLException($"Row {row + 1} of column \"{column}\" has {image[i]:R} in slot {i}; {Rule}.");
            bytes[i] = (byte)whole;
        }
    }
}
