using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>
/// Converts a picture to a digit as in MNIST: light ink on black, cropped, its long side scaled to 20 of 28 pixels, its centre of mass in the
/// middle. LeCun, Cortes, Burges, "The MNIST database of handwritten digits".
/// </summary>
internal static class DigitPreparation
{
    // 20 of 28 for the digit's long side.
    private const double InkShare = 20.0 / 28;

    // Smaller differences from the background are not ink but paper, light or compression.
    private const int LeastContrast = 16;

    // Specks with less than this share of the ink of the largest stroke are dust.
    private const double DustShare = 0.02;

    /// <summary>Prepares a picture.</summary>
    /// <exception cref="DigitMLException">The picture is empty.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, between two passes over the picture.</exception>
    internal static DigitImage Prepare(DigitImage picture, int height, int width, CancellationToken cancellation)
    {
        if (IsPrepared(picture, height, width)) return picture;
        float[] ink = InkMap.Of(picture, LeastContrast) is { } map ? map
            : throw new DigitMLException(
                $"{picture.Name} is empty: no pixel differs from its background by {LeastContrast} of 255 or more, so there is no digit to recognise.");
        cancellation.ThrowIfCancellationRequested();
        InkMap.RemoveDust(ink, picture.Height, picture.Width, DustShare);
        cancellation.ThrowIfCancellationRequested();
        InkBox box = InkBox.Of(ink, picture.Height, picture.Width);
        double scale = InkShare * Math.Min(height, width) / Math.Max(box.Height, box.Width);
        int inkHeight = Math.Max(1, (int)Math.Round(box.Height * scale)), inkWidth = Math.Max(1, (int)Math.Round(box.Width * scale));
        float[] small = ImageScaling.Scale(ink, picture.Width, box, inkHeight, inkWidth);
        return Place(small, inkHeight, inkWidth, height, width, picture.Name);
    }

    // True if a picture already is a digit as this class makes them, within two pixels of size and one and a half of position; it is then left unchanged.
    private static bool IsPrepared(DigitImage picture, int height, int width)
    {
        if (picture.Height != height || picture.Width != width) return false;
        if (InkMap.BorderLevel(picture) != 0 || picture.Pixels.Max() < 128) return false;
        float[] ink = [.. picture.Pixels.Select(pixel => (float)pixel)];
        InkBox box = InkBox.Of(ink, height, width);
        double side = InkShare * Math.Min(height, width), tolerance = 1.5 * Math.Min(height, width) / 28;
        bool isOfSize = Math.Abs(Math.Max(box.Height, box.Width) - side) <= Math.Ceiling(side / 10);
        var (row, column) = InkBox.CentreOfMass(ink, height, width);
        return isOfSize && Math.Abs(row - height / 2.0) <= tolerance && Math.Abs(column - width / 2.0) <= tolerance;
    }

    private static DigitImage Place(float[] ink, int inkHeight, int inkWidth, int height, int width, string name)
    {
        // In MNIST the centre of mass is at pixel 14 of 28: halfway, rounded up.
        var (row, column) = InkBox.CentreOfMass(ink, inkHeight, inkWidth);
        int top = Math.Clamp((int)Math.Round(height / 2 - row), 0, height - inkHeight);
        int left = Math.Clamp((int)Math.Round(width / 2 - column), 0, width - inkWidth);
        float factor = 255 / ink.Max();
        var pixels = new byte[height * width];
        for (int y = 0; y < inkHeight; y++)
        {
            for (int x = 0; x < inkWidth; x++) pixels[(top + y) * width + left + x] = (byte)Math.Round(ink[y * inkWidth + x] * factor);
        }

        return new DigitImage(height, width, pixels, name);
    }
}
