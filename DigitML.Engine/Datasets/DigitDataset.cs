namespace DigitML.Engine.Datasets;

/// <summary>Grey images of one size with their labels, kept as bytes. Immutable by convention: no code writes into the arrays.</summary>
public sealed class DigitDataset
{
    /// <summary>The key that stands for "no label".</summary>
    public const int NoLabel = -1;

    /// <summary>Wraps pixels and labels.</summary>
    /// <param name="name">Where the rows come from, usually a file name; used in messages.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <param name="pixels">Count x height x width bytes, row-major; 0 is background, 255 is ink.</param>
    /// <param name="labels">One key of <paramref name="labelMap"/> per row, or <see cref="NoLabel"/>.</param>
    /// <param name="labelMap">The labels, by key.</param>
    /// <exception cref="ArgumentException">A side is not positive, or there are more or fewer pixels than the rows need.</exception>
    public DigitDataset(string name, int height, int width, byte[] pixels, int[] labels, LabelMap labelMap)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(labelMap);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (pixels.LongLength != (long)labels.Length * height * width)
        {
            throw new ArgumentException($"{labels.Length} rows of {height}x{width} need {(long)labels.Length * height * width} pixels, not {pixels.Length}.", nameof(pixels));
        }

        Name = name;
        Height = height;
        Width = width;
        Pixels = pixels;
        Labels = labels;
        LabelMap = labelMap;
    }

    /// <summary>Where the rows come from.</summary>
    public string Name { get; }

    /// <summary>Rows of an image.</summary>
    public int Height { get; }

    /// <summary>Columns of an image.</summary>
    public int Width { get; }

    /// <summary>Count x Height x Width bytes, row-major.</summary>
    public byte[] Pixels { get; }

    /// <summary>One key per row, or <see cref="NoLabel"/>.</summary>
    public int[] Labels { get; }

    /// <summary>The labels, by key.</summary>
    public LabelMap LabelMap { get; }

    /// <summary>Number of rows.</summary>
    public int Count => Labels.Length;

    /// <summary>True if every row has a label.</summary>
    public bool IsLabelled => !Labels.AsSpan().Contains(NoLabel);

    /// <summary>The pixels of one row, Height x Width bytes.</summary>
    public ReadOnlySpan<byte> Image(int row) => Pixels.AsSpan(row * Height * Width, Height * Width);

    /// <summary>The given rows, in the given order, copied.</summary>
    public DigitDataset Subset(string name, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(name);
        int size = Height * Width;
        var pixels = new byte[rows.Length * size];
        var labels = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            Image(rows[i]).CopyTo(pixels.AsSpan(i * size));
            labels[i] = Labels[rows[i]];
        }

        return new DigitDataset(name, Height, Width, pixels, labels, LabelMap);
    }
}
