namespace DigitML.Engine.Networks;

/// <summary>How a window treats the border of its input: no padding, output as large as the input, or given rows and columns of zeros.</summary>
public readonly record struct Padding
{
    private Padding(bool isSame, Margins margins)
    {
        IsSame = isSame;
        Explicit = margins;
    }

    /// <summary>No padding: the window stays inside the input. The default.</summary>
    public static Padding Valid => default;

    /// <summary>Zeros are added so that the output has ceil(input / stride) rows and columns; an odd row or column goes to the bottom or right.</summary>
    public static Padding Same { get; } = new(isSame: true, default);

    /// <summary>True if this is <see cref="Same"/>.</summary>
    public bool IsSame { get; }

    /// <summary>The margins if the padding is explicit or valid; all 0 for <see cref="Same"/>, whose margins depend on the input.</summary>
    public Margins Explicit { get; }

    /// <summary>The given numbers of rows and columns of zeros.</summary>
    /// <exception cref="DigitMLException">A margin is negative.</exception>
    public static Padding Of(int top, int left, int bottom, int right)
    {
        if (top < 0 || left < 0 || bottom < 0 || right < 0)
        {
            throw new DigitMLException($"Padding [{top}, {left}, {bottom}, {right}] has a negative margin; margins are 0 or more.");
        }

        return new Padding(isSame: false, new Margins(top, left, bottom, right));
    }

    /// <summary>The margins of a window of size <paramref name="kernel"/> moved by <paramref name="stride"/> over an input of
    /// <paramref name="height"/> x <paramref name="width"/>.</summary>
    public Margins Resolve(int height, int width, Size2D kernel, Size2D stride)
    {
        if (!IsSame) return Explicit;
        var (top, bottom) = SameMargins(height, kernel.Height, stride.Height);
        var (left, right) = SameMargins(width, kernel.Width, stride.Width);
        return new Margins(top, left, bottom, right);
    }

    /// <summary>"same", "valid" or "[top, left, bottom, right]".</summary>
    public override string ToString() =>
        IsSame ? "same" : Explicit == default ? "valid" : $"[{Explicit.Top}, {Explicit.Left}, {Explicit.Bottom}, {Explicit.Right}]";

    private static (int Before, int After) SameMargins(int input, int kernel, int stride)
    {
        int output = (input + stride - 1) / stride;
        int total = Math.Max(0, (output - 1) * stride + kernel - input);
        return (total / 2, total - total / 2);
    }
}

/// <summary>Rows and columns of zeros around an image.</summary>
public readonly record struct Margins(int Top, int Left, int Bottom, int Right);
