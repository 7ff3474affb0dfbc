using DigitML.Engine;
using DigitML.Engine.Randomness;
using DigitML.Model.Images;

namespace DigitML.Tests.Images;

public class PngReaderTests
{
    public static TheoryData<int, int, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<int, int, bool>();
            foreach (bool interlaced in new[] { false, true })
            {
                foreach (int depth in new[] { 1, 2, 4, 8, 16 }) kinds.Add(0, depth, interlaced);
                foreach (int depth in new[] { 1, 2, 4, 8 }) kinds.Add(3, depth, interlaced);
                foreach (int colourType in new[] { 2, 4, 6 })
                {
                    kinds.Add(colourType, 8, interlaced);
                    kinds.Add(colourType, 16, interlaced);
                }
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_colour_type_depth_and_filter_over_odd_sizes(int colourType, int depth, bool interlaced)
    {
        int channels = colourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        foreach (var (height, width) in new[] { (1, 1), (2, 3), (9, 13), (3, 1), (1, 5), (17, 8) })
        {
            var random = new SeededRandom((ulong)(height * 100 + width), RandomPurpose.SyntheticData);
            var samples = new int[height][];
            for (int y = 0; y < height; y++)
            {
                samples[y] = new int[width * channels];
                for (int i = 0; i < samples[y].Length; i++) samples[y][i] = (int)random.NextDouble(0, 1 << depth);
            }

            byte[] palette = [.. Enumerable.Range(0, 3 << depth).Select(i => (byte)(i * 37 + 11))], alphas = [0, 128];
            byte[] file = TestPng.Encode(width, height, depth, colourType, interlaced, samples, colourType == 3 ? palette : null, colourType == 3 ? alphas : null);
            DigitImage image = DigitImage.Load(new MemoryStream(file));
            Assert.Equal((height, width), (image.Height, image.Width));
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    double expected = Expected(samples[y].AsSpan(x * channels, channels), colourType, (1 << depth) - 1, palette, alphas);
                    Assert.True(Math.Abs(expected - image.Pixels[y * width + x]) <= 1.6, $"{height}x{width}, row {y}, column {x}: {image.Pixels[y * width + x]}, expected {expected}");
                }
            }
        }
    }

    [Theory]
    [InlineData("colour-alpha-8-interlaced.png")]
    [InlineData("grey-2-interlaced.png")]
    [InlineData("grey-alpha-16.png")]
    [InlineData("palette-4.png")]
    [InlineData("palette-4.bmp")]
    [InlineData("colour-alpha-32.bmp")]
    public void A_file_of_ImageMagick_looks_as_it_does_there(string name)
    {
        DigitImage image = DigitImage.Load(FilePath(name)), expected = DigitImage.Load(FilePath(name + ".pgm"));
        Assert.Equal((9, 13), (image.Height, image.Width));
        Assert.True(expected.Pixels.Distinct().Count() > 3);
        Assert.All(image.Pixels.Zip(expected.Pixels), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Fact]
    public void One_colour_may_be_transparent()
    {
        byte[] grey = TestPng.Encode(3, 1, 8, 0, false, [[0, 7, 9]], transparency: [0, 7]);
        Assert.Equal([0, 255, 9], DigitImage.Load(new MemoryStream(grey)).Pixels);
        byte[] colour = TestPng.Encode(2, 1, 8, 2, false, [[1, 2, 3, 1, 2, 4]], transparency: [0, 1, 0, 2, 0, 3]);
        Assert.Equal([255, 2], DigitImage.Load(new MemoryStream(colour)).Pixels);
    }

    [Fact]
    public void What_we_write_comes_back()
    {
        DigitImage image = TestPictures.Stroke(31, 47);
        using var stream = new MemoryStream();
        image.SavePng(stream);
        stream.Position = 0;
        DigitImage loaded = DigitImage.Load(stream, "stroke.png");
        Assert.Equal((31, 47, "stroke.png"), (loaded.Height, loaded.Width, loaded.Name));
        Assert.Equal(image.Pixels, loaded.Pixels);
    }

    [Fact]
    public void A_damaged_file_gets_one_line()
    {
        byte[] whole = TestPng.Encode(4, 4, 8, 0, false, [[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]]);
        Assert.Equal("p.png is truncated: the PNG ends before its last chunk (IEND).", Refusal(whole[..^13]));
        byte[] flipped = [.. whole];
        flipped[20] ^= 1;
        Assert.Equal("p.png is damaged: the checksum of its PNG chunk IHDR is wrong.", Refusal(flipped));
        byte[] header = [0, 0, 0, 4, 0, 0, 0, 4, 8, 0, 0, 0, 0];
        Assert.Equal("p.png is damaged: it declares 4x4 pixels but holds fewer.", Refusal(File(header, TestPng.Deflate(new byte[19]))));
        Assert.Equal("p.png is damaged: it declares 4x4 pixels but holds fewer.", Refusal(TestPng.File(("IHDR", header), ("IEND", []))));
        Assert.Equal("p.png is damaged: its PNG data cannot be inflated.", Refusal(File(header, [1, 2, 3, 4, 5, 6])));
        Assert.Equal("p.png is damaged: a PNG row has filter 9; filters are 0 to 4.", Refusal(File(header, TestPng.Deflate([9, .. new byte[19]]))));
        Assert.Equal("p.png is damaged: its first PNG chunk is not a header (IHDR).", Refusal(TestPng.File(("IEND", []))));
        Assert.Equal("p.png is damaged: a PNG cannot have colour type 2 with 4 bits per sample.", Refusal(File([0, 0, 0, 4, 0, 0, 0, 4, 4, 2, 0, 0, 0], [])));
        Assert.Equal("p.png is a PNG of a kind that DigitML does not support: compression 1, filter 0, interlace 0.", Refusal(File([0, 0, 0, 4, 0, 0, 0, 4, 8, 0, 1, 0, 0], [])));
        Assert.Equal("p.png has the PNG chunk CODE, which DigitML does not support.", Refusal(TestPng.File(("IHDR", header), ("CODE", []), ("IEND", []))));
        Assert.Equal("p.png is damaged: its PNG palette is missing or has the wrong length.", Refusal(File([0, 0, 0, 4, 0, 0, 0, 4, 8, 3, 0, 0, 0], [])));
        Assert.Equal("p.png is damaged: a pixel has colour index 2 but its PNG palette has 2 colours.", Refusal(TestPng.Encode(1, 1, 8, 3, false, [[2]], palette: new byte[6])));
    }

    [Fact]
    public void A_size_that_the_header_makes_up_takes_no_memory()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("p.png declares 4294967295x2147483648 pixels; DigitML reads pictures of up to 50 million pixels and 65535 per side.",
            Refusal(File([255, 255, 255, 255, 128, 0, 0, 0, 8, 0, 0, 0, 0], [])));
        Assert.Equal("p.png declares 0x4 pixels; a picture has at least one row and one column.", Refusal(File([0, 0, 0, 0, 0, 0, 0, 4, 8, 0, 0, 0, 0], [])));
        foreach (byte interlaced in new byte[] { 0, 1 })
        {
            Assert.Equal("p.png is damaged: it declares 7000x7000 pixels but holds fewer.",
                Refusal(File([0, 0, 27, 88, 0, 0, 27, 88, 8, 6, 0, 0, interlaced], TestPng.Deflate(new byte[100]))));
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 5_000_000);
    }

    [Fact]
    public void A_damaged_picture_of_any_kind_is_loaded_or_refused()
    {
        int loaded = 0, refused = 0;
        var random = new SeededRandom(3, RandomPurpose.SyntheticData);
        foreach (string path in Directory.GetFiles(FilePath("")))
        {
            byte[] whole = System.IO.File.ReadAllBytes(path);
            for (int i = 0; i < 200; i++)
            {
                try
                {
                    DigitImage.Load(new MemoryStream(Model.OnnxFuzzTests.Damage(whole, ref random)), "p.png");
                    loaded++;
                }
                catch (DigitMLException refusal)
                {
                    Assert.StartsWith("p.png", refusal.Message);
                    refused++;
                }
            }
        }

        Assert.True(loaded > 200 && refused > 200, $"{loaded} loaded, {refused} refused");
    }

    [Fact]
    public void Damaged_pixels_behind_a_right_checksum_are_loaded_or_refused()
    {
        var random = new SeededRandom(4, RandomPurpose.SyntheticData);
        int loaded = 0, refused = 0;
        for (int i = 0; i < 600; i++)
        {
            byte[] header = [0, 0, 0, 13, 0, 0, 0, 9, (byte)(1 << (i % 5)), (byte)(i % 7), 0, 0, (byte)(i / 300)];
            byte[] data = TestPng.Deflate([.. Enumerable.Range(0, 13 * 9 * 8 + 40).Select(k => (byte)(k % 5))]);
            if (i % 3 == 0) data = Model.OnnxFuzzTests.Damage(data, ref random);
            try
            {
                DigitImage.Load(new MemoryStream(TestPng.File(("IHDR", header), ("PLTE", new byte[9]), ("tRNS", [1, 2]), ("IDAT", data), ("IEND", []))), "p.png");
                loaded++;
            }
            catch (DigitMLException)
            {
                refused++;
            }
        }

        Assert.True(loaded > 20 && refused > 20, $"{loaded} loaded, {refused} refused");
    }

    internal static string FilePath(string name) => Path.Combine(AppContext.BaseDirectory, "Images", "Files", name);

    private static byte[] File(byte[] header, byte[] data) => TestPng.File(("IHDR", header), ("IDAT", data), ("IEND", []));

    private static string Refusal(byte[] file) => Assert.ThrowsAny<DigitMLException>(() => DigitImage.Load(new MemoryStream(file), "p.png")).Message;

    private static double Expected(ReadOnlySpan<int> samples, int colourType, double largest, byte[] palette, byte[] alphas)
    {
        double Luma(double r, double g, double b) => 0.299 * r + 0.587 * g + 0.114 * b;
        double OnWhite(double grey, double alpha) => grey * alpha + 255 * (1 - alpha);
        double s0 = samples[0] * 255 / largest;
        if (colourType == 3)
        {
            int i = samples[0];
            return OnWhite(Luma(palette[3 * i], palette[3 * i + 1], palette[3 * i + 2]), i < alphas.Length ? alphas[i] / 255.0 : 1);
        }

        double grey = colourType is 2 or 6 ? Luma(s0, samples[1] * 255 / largest, samples[2] * 255 / largest) : s0;
        return OnWhite(grey, colourType is 4 or 6 ? samples[^1] / largest : 1);
    }
}
