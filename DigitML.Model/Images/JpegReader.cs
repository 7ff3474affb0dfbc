using BitMiracle.LibJpeg.Classic;
using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>
/// Reads a baseline or progressive JPEG picture of 8 bits per sample as grey, upright as its EXIF orientation says. LibJpeg.NET decodes it, within limits of memory and time that
/// are set here. ITU-T T.81.
/// </summary>
internal sealed class JpegReader
{
    // Encoders write about ten; each costs a pass over all blocks, even if it is empty.
    private const int MostScans = 100;

    private const int BlockSide = 8, Exif = (int)JPEG_MARKER.APP1, Adobe = (int)JPEG_MARKER.APP14;

    private readonly string name;
    private readonly byte[] file;
    private readonly CancellationToken cancellation;
    private readonly JpegErrors errors;
    private readonly jpeg_decompress_struct decoder;
    private int scan;

    private JpegReader(string name, byte[] file, CancellationToken cancellation)
    {
        this.name = name;
        this.file = file;
        this.cancellation = cancellation;
        errors = new JpegErrors(name);
        decoder = new jpeg_decompress_struct(errors);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DigitMLException">It is damaged, truncated, too large, or a JPEG of a kind that DigitML does not read.</exception>
    internal static DigitImage Read(string name, byte[] file, DigitImageLimits limits, CancellationToken cancellation)
    {
        try
        {
            return new JpegReader(name, file, cancellation).Read(limits);
        }
        catch (Exception failure) when (failure is IndexOutOfRangeException or NullReferenceException or ArgumentException or ArithmeticException)
        {
            // LibJpeg.NET checks most of what a damaged file can hold, and leaves the rest to the runtime.
            throw new DigitMLException($"{name} {JpegErrors.Damaged}", failure);
        }
    }

    private DigitImage Read(DigitImageLimits limits)
    {
        decoder.jpeg_stdio_src(new MemoryStream(file));
        decoder.jpeg_save_markers(Exif, ushort.MaxValue);
        decoder.jpeg_save_markers(Adobe, ushort.MaxValue);
        decoder.jpeg_read_header(require_image: true);
        errors.IsReadingPixels = true;
        decoder.Do_block_smoothing = false;
        limits.CheckSizes(name, decoder.Image_height, decoder.Image_width);
        CheckLength();
        decoder.Out_color_space = decoder.Jpeg_color_space switch
        {
            // Y is Rec. 601 luma: chroma need not be decoded.
            J_COLOR_SPACE.JCS_GRAYSCALE or J_COLOR_SPACE.JCS_YCbCr => J_COLOR_SPACE.JCS_GRAYSCALE,
            J_COLOR_SPACE.JCS_RGB => J_COLOR_SPACE.JCS_RGB,
            J_COLOR_SPACE.JCS_CMYK or J_COLOR_SPACE.JCS_YCCK => J_COLOR_SPACE.JCS_CMYK,
            _ => throw new DigitMLException($"{name} is a JPEG of {decoder.Num_components} colour components in no colour space that DigitML knows: save it as PNG."),
        };
        decoder.Progress = new jpeg_progress_mgr();
        decoder.Progress.OnProgress += (_, _) => OnProgress();
        decoder.jpeg_start_decompress();
        if (decoder.Coef_bits?.Take(decoder.Num_components).Any(bits => bits[0] < 0) == true) throw Fewer();
        int orientation = Segments(Exif).Select(data => ExifOrientation.Read(data)).FirstOrDefault(orientation => orientation > 1, 1);
        return ExifOrientation.Upright(new DigitImage(decoder.Image_height, decoder.Image_width, ReadRows(), name), orientation);
    }

    // Every block of every component takes a bit or more: memory is bounded by what the file contains, not by what its header declares.
    private void CheckLength()
    {
        jpeg_component_info[] components = decoder.Comp_info[..decoder.Num_components];
        long mostAcross = components.Max(component => component.H_samp_factor), mostDown = components.Max(component => component.V_samp_factor), blocks = 0;
        foreach (jpeg_component_info component in components)
        {
            blocks += Blocks(decoder.Image_width, component.H_samp_factor, mostAcross) * Blocks(decoder.Image_height, component.V_samp_factor, mostDown);
        }

        if (blocks > 8L * file.Length) throw Fewer();
    }

    private static long Blocks(long side, int sampling, long most) => (side * sampling + most * BlockSide - 1) / (most * BlockSide);

    private void OnProgress()
    {
        cancellation.ThrowIfCancellationRequested();
        if (decoder.Input_scan_number == scan) return;
        scan = decoder.Input_scan_number;
        if (scan > MostScans) throw new DigitMLException($"{name} has more than {MostScans} scans, the most that DigitML reads in a JPEG: save it again, or as PNG.");
        JpegRestartCount.Begin(decoder);
    }

    private byte[] ReadRows()
    {
        int height = decoder.Image_height, width = decoder.Image_width;
        bool isInverted = Segments(Adobe).Any(data => data.AsSpan().StartsWith("Adobe"u8));
        byte[] pixels = new byte[height * width], row = new byte[width * decoder.Output_components];
        byte[][] rows = [row];
        for (int y = 0; y < height; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            decoder.jpeg_read_scanlines(rows, 1);
            Span<byte> greys = pixels.AsSpan(y * width, width);
            switch (decoder.Output_components)
            {
                case 1: row.CopyTo(greys); break;
                case 3: FromRgb(row, greys); break;
                default: FromCmyk(row, greys, isInverted); break;
            }
        }

        return pixels;
    }

    private static void FromRgb(ReadOnlySpan<byte> row, Span<byte> greys)
    {
        for (int x = 0; x < greys.Length; x++) greys[x] = ImageFormat.Luma(row[3 * x], row[3 * x + 1], row[3 * x + 2]);
    }

    // Adobe's programs store the light that is left rather than the ink.
    private static void FromCmyk(ReadOnlySpan<byte> row, Span<byte> greys, bool isInverted)
    {
        int ink = isInverted ? 0 : 255;
        for (int x = 0; x < greys.Length; x++)
        {
            ReadOnlySpan<byte> pixel = row.Slice(4 * x, 4);
            greys[x] = (byte)((ImageFormat.Luma(pixel[0] ^ ink, pixel[1] ^ ink, pixel[2] ^ ink) * (pixel[3] ^ ink) + 127) / 255);
        }
    }

    private IEnumerable<byte[]> Segments(int marker) => decoder.Marker_list.Where(segment => segment.Marker == marker).Select(segment => segment.Data);

    private DigitMLException Fewer() => new($"{name} is truncated: it declares {decoder.Image_width}x{decoder.Image_height} pixels but holds fewer.");
}
