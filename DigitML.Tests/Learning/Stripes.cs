using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Engine.Randomness;

namespace DigitML.Tests.Learning;

/// <summary>A small problem to learn: noisy 6x6 images with a bright row (class "row"), a bright column ("column") or a bright diagonal ("diagonal").</summary>
internal static class Stripes
{
    internal const int Side = 6;

    internal static Network Network { get; } = new("stripes", Shape.Image(Side, Side, 1),
        [new Conv2D(4, 3, Padding.Same), new BatchNorm(), new ReLU(), new MaxPool2D(2), new Dropout(0.1f), new Flatten(), new Dense(3), new Softmax()]);

    internal static DigitDataset Rows(int count, ulong seed, string name = "stripes.csv")
    {
        var random = new SeededRandom(seed, RandomPurpose.SyntheticData);
        var pixels = new byte[count * Side * Side];
        var labels = new int[count];
        for (int row = 0; row < count; row++)
        {
            Span<byte> image = pixels.AsSpan(row * Side * Side, Side * Side);
            for (int i = 0; i < image.Length; i++) image[i] = (byte)random.NextInt32(60);
            labels[row] = random.NextInt32(3);
            int at = random.NextInt32(Side);
            for (int i = 0; i < Side; i++)
            {
                int place = labels[row] switch { 0 => at * Side + i, 1 => i * Side + at, _ => i * Side + (i + at) % Side };
                image[place] = 220;
            }
        }

        return new DigitDataset(name, Side, Side, pixels, labels, new LabelMap(["row", "column", "diagonal"]));
    }

    /// <summary>Rows that are all of the class "row".</summary>
    internal static DigitDataset OneClass(int count, string name = "one.csv") =>
        new(name, Side, Side, new byte[count * Side * Side], new int[count], new LabelMap(["row", "column", "diagonal"]));
}
