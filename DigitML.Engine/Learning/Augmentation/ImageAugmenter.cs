using DigitML.Engine.Randomness;

namespace DigitML.Engine.Learning;

/// <summary>Draws an <see cref="Augmentation"/>'s changes and applies them to images of one size. Used by one thread at a time.</summary>
internal sealed class ImageAugmenter(Augmentation augmentation, int height, int width)
{
    private readonly ImageWarp warp = new(height, width);
    private readonly ElasticField? elastic = augmentation.ElasticPixels > 0 ? new ElasticField(height, width, augmentation.ElasticSpacing) : null;

    /// <summary>The random numbers that determine how a row looks in an epoch (from 0).</summary>
    internal static SeededRandom RandomOf(ulong seed, int epoch, int row) => new(seed, RandomPurpose.Augmentation, (ulong)epoch, (ulong)row);

    /// <summary>Writes the changed image and returns true, or returns false if this row stays as it is.</summary>
    internal bool Augment(ReadOnlySpan<byte> image, Span<byte> augmented, ref SeededRandom random)
    {
        if (random.NextDouble() >= augmentation.Probability) return false;
        double shiftX = random.NextInt32(2 * augmentation.ShiftPixels + 1) - augmentation.ShiftPixels;
        double shiftY = random.NextInt32(2 * augmentation.ShiftPixels + 1) - augmentation.ShiftPixels;
        double angle = Radians(random.NextDouble(-augmentation.RotationDegrees, augmentation.RotationDegrees));
        double slant = Math.Tan(Radians(random.NextDouble(-augmentation.ShearDegrees, augmentation.ShearDegrees)));
        double zoomX = random.NextDouble(1 - augmentation.Zoom, 1 + augmentation.Zoom);
        double zoomY = random.NextDouble(1 - augmentation.Zoom, 1 + augmentation.Zoom);
        if (augmentation.ShiftFraction > 0)
        {
            shiftX += random.NextDouble(-augmentation.ShiftFraction, augmentation.ShiftFraction) * width;
            shiftY += random.NextDouble(-augmentation.ShiftFraction, augmentation.ShiftFraction) * height;
        }

        elastic?.Draw(augmentation.ElasticPixels, ref random);
        warp.Apply(image, augmented, AffineTransform.Of(angle, slant, zoomX, zoomY, shiftX, shiftY), elastic);
        return true;
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
