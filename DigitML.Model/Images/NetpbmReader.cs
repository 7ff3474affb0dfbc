using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>Reads a PGM (P2, P5) or PPM (P3, P6) picture as grey. https://netpbm.sourceforge.net/doc/pgm.html</summary>
internal sealed class NetpbmReader
{
    private readonly string name;
    private readonly byte[] file;
    private int position = 2;

    private NetpbmReader(string name, byte[] file)
    {
        this.name = name;
        this.file = file;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DigitMLException">It is damaged, truncated or too large.</exception>
    internal static DigitImage Read(string name, byte[] file, DigitImageLimits limits, CancellationToken cancellation) => new NetpbmReader(name, file).Read(limits, cancellation);

    private DigitImage Read(DigitImageLimits limits, CancellationToken cancellation)
    {
        char kind = (char)file[1];
        int width = ReadNumber("width", int.MaxValue), height = ReadNumber("height", int.MaxValue);
        limits.CheckSizes(name, height, width);
        int largest = ReadNumber("largest value", 65535);
        if (largest == 0) throw new DigitMLException($"{name} is damaged: its largest value is 0; it must be from 1 to 65535.");
        bool isText = kind is '2' or '3';
        int channels = kind is '3' or '6' ? 3 : 1, sampleBytes = largest > 255 ? 2 : 1;
        long samples = (long)width * height * channels;

        // As text, each number takes a digit and a separator, except the last.
        if (!isText) position++;
        long least = isText ? 2 * samples - 1 : samples * sampleBytes;
        if (file.Length - position < least)
        {
            throw new DigitMLException($"{name} is truncated: it declares {width}x{height} pixels but holds fewer.");
        }

        var pixels = new byte[width * height];
        for (int i = 0; i < pixels.Length; i++)
        {
            if (i % width == 0) cancellation.ThrowIfCancellationRequested();
            int red = ReadSample(isText, largest), green = red, blue = red;
            if (channels == 3) (green, blue) = (ReadSample(isText, largest), ReadSample(isText, largest));
            pixels[i] = ImageFormat.Luma(red, green, blue);
        }

        return new DigitImage(height, width, pixels, name);
    }

    private int ReadSample(bool isText, int largest)
    {
        int sample = isText ? ReadNumber("pixel", largest) : largest > 255 ? (file[position++] << 8) | file[position++] : file[position++];
        return Math.Min((sample * 255 + largest / 2) / largest, 255);
    }

    private int ReadNumber(string what, int largest)
    {
        SkipSpace();
        long value = 0;
        int start = position;
        while (position < file.Length && char.IsAsciiDigit((char)file[position]) && value <= largest) value = value * 10 + file[position++] - '0';
        if (start == position)
        {
            throw new DigitMLException(position >= file.Length
                ? $"{name} is truncated: it ends before a {what}."
                : $"{name} is damaged: there is no number where a {what} is expected (byte {position}).");
        }

        return value <= largest ? (int)value : throw new DigitMLException($"{name} is damaged: it has a {what} above {largest}.");
    }

    private void SkipSpace()
    {
        for (bool isComment = false; position < file.Length; position++)
        {
            if (file[position] == '#') isComment = true;
            if (isComment && file[position] is (byte)'\n' or (byte)'\r') isComment = false;
            if (!isComment && !char.IsWhiteSpace((char)file[position])) return;
        }
    }
}
