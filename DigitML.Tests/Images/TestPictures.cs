using DigitML.Engine.Randomness;
using DigitML.Model.Images;

namespace DigitML.Tests.Images;

/// <summary>Synthetic pictures: a thick hook like a 7, with soft edges, anywhere in a picture of any size.</summary>
internal static class TestPictures
{
    /// <summary>A hook that fills about the given share of the picture, dark on light unless inverted.</summary>
    internal static DigitImage Stroke(int height, int width, bool inverted = false, double share = 0.6, double shiftY = 0, double shiftX = 0, byte paper = 255, byte ink = 0)
    {
        double size = share * Math.Min(height, width), top = (height - size) / 2 + shiftY, left = (width - 0.7 * size) / 2 + shiftX, thick = size * 0.07;
        var pixels = new byte[height * width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double v = (y + 0.5 - top) / size, u = (x + 0.5 - left) / size;
                double distance = Math.Min(Distance(u, v, 0.07, 0.07, 0.63, 0.07), Distance(u, v, 0.63, 0.07, 0.25, 0.93)) * size;
                double cover = Math.Clamp(thick - distance + 0.5, 0, 1);
                double level = paper + cover * (ink - paper);
                pixels[y * width + x] = (byte)Math.Round(inverted ? 255 - level : level);
            }
        }

        return new DigitImage(height, width, pixels, "stroke");
    }

    /// <summary>The picture with noise of up to an amplitude on every pixel.</summary>
    internal static DigitImage WithNoise(DigitImage picture, int amplitude, ulong seed)
    {
        var random = new SeededRandom(seed, RandomPurpose.SyntheticData);
        var pixels = new byte[picture.Pixels.Length];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)Math.Clamp(picture.Pixels[i] + random.NextDouble(-amplitude, amplitude), 0, 255);
        return new DigitImage(picture.Height, picture.Width, pixels, picture.Name);
    }

    /// <summary>Root of the mean squared difference, in levels of 255.</summary>
    internal static double Difference(DigitImage first, DigitImage second) =>
        Math.Sqrt(first.Pixels.Zip(second.Pixels, (a, b) => Math.Pow(a - b, 2)).Average());

    private static double Distance(double u, double v, double u0, double v0, double u1, double v1)
    {
        double du = u1 - u0, dv = v1 - v0, along = Math.Clamp(((u - u0) * du + (v - v0) * dv) / (du * du + dv * dv), 0, 1);
        return Math.Sqrt(Math.Pow(u - u0 - along * du, 2) + Math.Pow(v - v0 - along * dv, 2));
    }
}
