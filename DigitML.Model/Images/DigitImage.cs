using DigitML.Engine;
using DigitML.Engine.Files;
using DigitML.Model.Files;

namespace DigitML.Model.Images;

/// <summary>A grey picture of any size. Immutable by convention: nothing writes to the array.</summary>
public sealed class DigitImage
{
    /// <summary>Wraps pixels.</summary>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="pixels">height x width bytes, row-major; 0 is black, 255 is white.</param>
    /// <param name="name">The name that messages use.</param>
    /// <exception cref="ArgumentException">The height or width is not positive, or the number of pixels is not height x width.</exception>
    public DigitImage(int height, int width, byte[] pixels, string name = "picture")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.LongLength != (long)height * width)
        {
            throw new ArgumentException($"A picture of {height}x{width} has {(long)height * width} pixels, not {pixels.Length}.", nameof(pixels));
        }

        Height = height;
        Width = width;
        Pixels = pixels;
        Name = name;
    }

    /// <summary>Its name in messages: usually the file name.</summary>
    public string Name { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Height x Width bytes, row-major; 0 is black, 255 is white.</summary>
    public byte[] Pixels { get; }

    /// <summary>Reads a PNG, JPEG, BMP, PGM or PPM file; colours become grey (Rec. 601 luma), transparent pixels are blended with white, and photographs are turned upright (EXIF).</summary>
    /// <exception cref="DigitMLException">The file cannot be read or is not such a picture; the message is one line.</exception>
    public static DigitImage Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ImageFormat.Read(path, InputFile.Read(path, DigitImageLimits.Default.MaxBytes), DigitImageLimits.Default);
    }

    /// <summary>Reads a PNG, JPEG, BMP, PGM or PPM picture from a stream, which is read to its end.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="name">The name that messages use.</param>
    /// <exception cref="DigitMLException">The stream holds no such picture; the message is one line.</exception>
    public static DigitImage Load(Stream stream, string name = "picture") => Load(stream, DigitImageLimits.Default, name, CancellationToken.None);

    /// <summary>Reads a PNG, JPEG, BMP, PGM or PPM picture from a stream, which is read to its end, unless the picture exceeds the limits.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="limits">The largest picture that is accepted.</param>
    /// <param name="name">The name that messages use.</param>
    /// <param name="cancellation">Cancels the read.</param>
    /// <exception cref="DigitMLException">The stream holds no such picture, or the picture is too large; the message is one line.</exception>
    /// <exception cref="OperationCanceledException">Reading was cancelled.</exception>
    public static DigitImage Load(Stream stream, DigitImageLimits limits, string name, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(name);
        return ImageFormat.Read(name, InputFile.Read(stream, name, limits.MaxBytes), limits, cancellation);
    }

    /// <summary>
    /// Converts a picture of any size, dark on light or light on dark, to a digit as in MNIST: ink 255 on 0, the long side 20 of 28
    /// pixels, the centre of mass in the middle. A picture that already is one (of that size, on black, with that long side and centre give or
    /// take two pixels) is returned unchanged.
    /// </summary>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <exception cref="DigitMLException">The picture is empty.</exception>
    public DigitImage Prepare(int height = 28, int width = 28) => DigitPreparation.Prepare(this, height, width, CancellationToken.None);

    /// <summary>Writes the picture atomically as an 8-bit grey PNG file.</summary>
    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public void SavePng(string path) => AtomicFile.Write(path, SavePng);

    /// <summary>Writes the picture as an 8-bit grey PNG to a stream, which stays open.</summary>
    public void SavePng(Stream stream) => PngWriter.Write(this, stream);
}
