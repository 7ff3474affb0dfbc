namespace DigitML.Engine.Datasets;

/// <summary>Turns a pixel of 0 .. 255 into the value a network sees: x · <paramref name="Scale"/> + <paramref name="Offset"/>.</summary>
/// <param name="Scale">Factor on a pixel.</param>
/// <param name="Offset">Added after the factor.</param>
public readonly record struct PixelNormalization(float Scale, float Offset)
{
    /// <summary>Maps pixels to 0 .. 1.</summary>
    public static PixelNormalization Unit { get; } = new(1f / 255f, 0f);

    /// <summary>Maps pixels to −1 .. 1.</summary>
    public static PixelNormalization Symmetric { get; } = new(2f / 255f, -1f);

    /// <summary>Maps pixels to 0 .. 1, then subtracts a mean and divides by a standard deviation, as torchvision's Normalize does.</summary>
    /// <param name="mean">The mean of pixels from 0 to 1; 0.1307 for MNIST.</param>
    /// <param name="deviation">Their standard deviation, above 0; 0.3081 for MNIST.</param>
    public static PixelNormalization Of(double mean, double deviation)
    {
        if (!(deviation > 0 && double.IsFinite(deviation) && double.IsFinite(mean))) throw new DigitMLException($"A mean of {mean} and a standard deviation of {deviation} normalise no pixels; the deviation must be above 0.");
        return new PixelNormalization((float)(1 / (255 * deviation)), (float)(-mean / deviation));
    }

    /// <summary>This normalisation, followed by another.</summary>
    public PixelNormalization Then(PixelNormalization next) => new(Scale * next.Scale, Offset * next.Scale + next.Offset);

    /// <summary>Maps pixels to mean 0 and standard deviation 1 over all pixels of a dataset.</summary>
    public static PixelNormalization Standard(DigitDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        long sum = 0, squares = 0;
        foreach (byte pixel in dataset.Pixels)
        {
            sum += pixel;
            squares += pixel * pixel;
        }

        double mean = (double)sum / dataset.Pixels.Length;
        double deviation = Math.Sqrt(Math.Max((double)squares / dataset.Pixels.Length - mean * mean, 0));
        if (deviation == 0) throw new DigitMLException($"{dataset.Name}: all pixels have the value {mean:0}; there is nothing to train on.");
        return new PixelNormalization((float)(1 / deviation), (float)(-mean / deviation));
    }

    /// <summary>The value of one pixel.</summary>
    public float Apply(float pixel) => pixel * Scale + Offset;
}
