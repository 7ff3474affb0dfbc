namespace DigitML.Engine.Networks;

/// <summary>The shape of one sample between two layers: an image (height x width x channels) or a vector of features.</summary>
public readonly record struct Shape
{
    private Shape(int height, int width, int channels, bool isVector)
    {
        Height = height;
        Width = width;
        Channels = channels;
        IsVector = isVector;
    }

    /// <summary>Rows of the image; 1 for a vector.</summary>
    public int Height { get; }

    /// <summary>Columns of the image; 1 for a vector.</summary>
    public int Width { get; }

    /// <summary>Channels of the image, or features of the vector.</summary>
    public int Channels { get; }

    /// <summary>True if this is a flat vector of <see cref="Channels"/> features.</summary>
    public bool IsVector { get; }

    /// <summary>Number of values in one sample.</summary>
    public int Size => checked(Height * Width * Channels);

    /// <summary>An image shape.</summary>
    /// <exception cref="DigitMLException">A size is not positive.</exception>
    public static Shape Image(int height, int width, int channels)
    {
        if (height < 1 || width < 1 || channels < 1)
        {
            throw new DigitMLException($"An image of {height}x{width}x{channels} is not possible; every size must be at least 1.");
        }

        return new Shape(height, width, channels, isVector: false);
    }

    /// <summary>A vector shape.</summary>
    /// <exception cref="DigitMLException">The size is not positive.</exception>
    public static Shape Vector(int features)
    {
        if (features < 1)
        {
            throw new DigitMLException($"A vector of {features} features is not possible; it must have at least 1.");
        }

        return new Shape(1, 1, features, isVector: true);
    }

    /// <summary>"28x28x1" for an image, "3136" for a vector.</summary>
    public override string ToString() => IsVector ? $"{Channels}" : $"{Height}x{Width}x{Channels}";
}
