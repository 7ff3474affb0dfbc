using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>
/// The largest picture that is accepted. The size in the picture's header is checked before memory is allocated for its pixels: for pictures from untrusted sources, set
/// <see cref="MaxPixels"/> to what the app can afford (reading and preparing takes about 20 bytes per pixel).
/// </summary>
public sealed record DigitImageLimits
{
    /// <summary>The default limits.</summary>
    public static DigitImageLimits Default { get; } = new();

    /// <summary>Maximum number of pixels: rows x columns.</summary>
    public long MaxPixels { get; init; } = 50_000_000;

    /// <summary>Maximum number of rows, and of columns.</summary>
    public long MaxSide { get; init; } = 65_535;

    /// <summary>Maximum file size in bytes.</summary>
    public long MaxBytes { get; init; } = 1L << 28;

    /// <summary>Checks the sizes that a header declares.</summary>
    /// <exception cref="DigitMLException">A size is not positive.</exception>
    /// <exception cref="DigitImageTooLargeException">The picture is too large.</exception>
    internal void CheckSizes(string name, long height, long width)
    {
        if (height < 1 || width < 1)
        {
            throw new DigitMLException($"{name} declares {width}x{height} pixels; a picture has at least one row and one column.");
        }

        if (height <= MaxSide && width <= MaxSide && height * width <= MaxPixels) return;
        string pixels = MaxPixels % 1_000_000 == 0 ? $"{MaxPixels / 1_000_000} million" : $"{MaxPixels}";
        throw new DigitImageTooLargeException($"{name} declares {width}x{height} pixels; DigitML reads pictures of up to {pixels} pixels and {MaxSide} per side.");
    }
}
