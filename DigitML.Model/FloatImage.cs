namespace DigitML.Model;

/// <summary>The rule for an image of floats: pixels are numbers from 0 (background) to 255 (ink), not divided by 255.</summary>
internal static class FloatImage
{
    /// <summary>The index of the first value that is not a number from 0 to 255; -1 if all are.</summary>
    internal static int IndexOfWrong(ReadOnlySpan<float> image)
    {
        for (int i = 0; i < image.Length; i++)
        {
            if (image[i] is not (>= 0 and <= 255)) return i;
        }

        return -1;
    }

    /// <summary>True if there is ink, but no value above 1: as good as certainly pixels divided by 255.</summary>
    internal static bool IsFrom0To1(ReadOnlySpan<float> image)
    {
        bool isBlank = true;
        foreach (float pixel in image)
        {
            if (pixel > 1) return false;
            isBlank &= pixel == 0;
        }

        return !isBlank;
    }
}
