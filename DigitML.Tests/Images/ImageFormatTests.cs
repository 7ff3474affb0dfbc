using DigitML.Engine;
using DigitML.Model.Images;

namespace DigitML.Tests.Images;

public sealed class ImageFormatTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("digitml-images-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void PGM_and_PPM_as_text_and_bytes_with_comments_and_both_depths()
    {
        Assert.Equal([0, 128, 255, 26], Load("P2\n# by hand\n2 2 # two by two\n10\n0 5\n10 1\n"u8.ToArray()).Pixels);
        Assert.Equal([0, 128, 255, 26], Load([.. "P5 2 2 10\n"u8, 0, 5, 10, 1]).Pixels);
        Assert.Equal([128, 255], Load([.. "P5\n2 1\n65535\n"u8, 0x80, 0x40, 0xFF, 0xFF]).Pixels);
        Assert.Equal([76, 150, 29], Load("P3 3 1 255 255 0 0 0 255 0 0 0 255"u8.ToArray()).Pixels);
        Assert.Equal([76, 150, 29], Load([.. "P6 3 1 255\n"u8, 255, 0, 0, 0, 255, 0, 0, 0, 255]).Pixels);
    }

    [Fact]
    public void BMP_from_the_bottom_or_the_top_with_one_bit_or_a_short_header()
    {
        byte[] palette = [0, 0, 255, 0, 255, 255, 255, 0];
        Assert.Equal([76, 255, 76, 255, 255, 76], Load(Bmp(3, 2, 1, palette, [0b1100_0000, 0, 0, 0, 0b0100_0000, 0, 0, 0])).Pixels);
        Assert.Equal([255, 255, 76, 76, 255, 76], Load(Bmp(3, -2, 1, palette, [0b1100_0000, 0, 0, 0, 0b0100_0000, 0, 0, 0])).Pixels);
        Assert.Equal([29, 150, 76], Load(Bmp(1, 3, 24, [], [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0])).Pixels);
        byte[] core = [.. "BM"u8, .. new byte[8], 26, 0, 0, 0, 12, 0, 0, 0, 1, 0, 1, 0, 1, 0, 24, 0, 0, 255, 0, 0];
        Assert.Equal([150], Load(core).Pixels);
    }

    [Fact]
    public void A_format_DigitML_does_not_read_is_named()
    {
        Assert.Equal("p is a GIF picture; DigitML reads PNG, JPEG, BMP, PGM and PPM: save it as one of those.", Refusal("GIF89a"u8.ToArray()));
        Assert.Equal("p is a WebP picture; DigitML reads PNG, JPEG, BMP, PGM and PPM: save it as one of those.", Refusal("RIFF1234WEBPVP8"u8.ToArray()));
        Assert.Equal("p is not a picture in a supported format: DigitML reads PNG, JPEG, BMP, PGM and PPM.", Refusal("label,pixel0"u8.ToArray()));
        Assert.Equal("p is empty.", Refusal([]));
        string rle = PngReaderTests.FilePath("rle8.bmp");
        Assert.Equal($"{rle} is a BMP packed as RLE8 with 8 bits per pixel; DigitML reads only uncompressed ones: save it without compression, or as PNG.",
            Assert.ThrowsAny<DigitMLException>(() => DigitImage.Load(rle)).Message);
    }

    [Fact]
    public void Headers_that_lie_or_end_too_soon()
    {
        Assert.Equal("p is truncated: it declares 3x3 pixels but holds fewer.", Refusal("P5 3 3 255\n12345678"u8.ToArray()));
        Assert.Equal("p is truncated: it declares 7000x7000 pixels but holds fewer.", Refusal("P2 7000 7000 255 1 2 3"u8.ToArray()));
        Assert.Equal("p declares 70000x7 pixels; DigitML reads pictures of up to 50 million pixels and 65535 per side.", Refusal("P5 70000 7 255 "u8.ToArray()));
        Assert.Equal("p is damaged: there is no number where a width is expected (byte 3).", Refusal("P5 -3 3 255\n"u8.ToArray()));
        Assert.Equal("p is damaged: it has a pixel above 9.", Refusal("P2 2 1 9 3 10"u8.ToArray()));
        Assert.Equal("p is damaged: its largest value is 0; it must be from 1 to 65535.", Refusal("P5 1 1 0 1"u8.ToArray()));
        Assert.Equal("p is truncated: it ends before a height.", Refusal("P5 3"u8.ToArray()));
        Assert.Equal("p is truncated: its BMP header is incomplete.", Refusal(Bmp(1, 1, 24, [], [1, 2, 3, 4])[..20]));
        Assert.Equal("p is truncated: it declares 1x2 pixels but holds fewer.", Refusal(Bmp(1, 2, 24, [], [1, 2, 3, 4])));
        Assert.Equal("p declares -1x1 pixels; a picture has at least one row and one column.", Refusal(Bmp(-1, 1, 24, [], [])));
        Assert.Equal("p is a BMP of 16 bits per pixel; DigitML reads 1, 4, 8, 24 and 32.", Refusal(Bmp(1, 1, 16, [], [1, 2, 3, 4])));
    }

    [Fact]
    public void A_file_that_cannot_be_read_or_written()
    {
        string missing = Path.Combine(folder, "missing.png");
        Assert.Equal($"{missing}: there is no such file; check the path.", Assert.ThrowsAny<DigitMLException>(() => DigitImage.Load(missing)).Message);
        string saved = Path.Combine(folder, "saved.png");
        TestPictures.Stroke(5, 5).SavePng(saved);
        Assert.Equal(saved, DigitImage.Load(saved).Name);
        Assert.Equal($"{folder} cannot be written: it is a folder.", Assert.ThrowsAny<DigitMLException>(() => TestPictures.Stroke(5, 5).SavePng(folder)).Message);
    }

    [Fact]
    public void Pixels_fit_the_sizes() => Assert.Equal(
        "A picture of 2x3 has 6 pixels, not 5. (Parameter 'pixels')", Assert.Throws<ArgumentException>(() => new DigitImage(2, 3, new byte[5])).Message);

    private static byte[] Bmp(int width, int height, short bits, byte[] palette, byte[] rows) =>
    [
        .. "BM"u8, .. new byte[8], .. BitConverter.GetBytes(54 + palette.Length), .. BitConverter.GetBytes(40), .. BitConverter.GetBytes(width), .. BitConverter.GetBytes(height), 1, 0,
        .. BitConverter.GetBytes(bits), .. new byte[16], .. BitConverter.GetBytes(palette.Length / 4), .. new byte[4], .. palette, .. rows,
    ];

    private static DigitImage Load(byte[] file) => DigitImage.Load(new MemoryStream(file), "p");

    private static string Refusal(byte[] file) => Assert.ThrowsAny<DigitMLException>(() => Load(file)).Message;
}
