using System.Diagnostics;
using DigitML.Engine;
using DigitML.Engine.Randomness;
using DigitML.Model;
using DigitML.Model.Images;

namespace DigitML.Tests.Images;

public class JpegReaderTests
{
    private const string Supported = "DigitML reads baseline and progressive JPEG of 8 bits per sample: save it as that, or as PNG.";

    public static TheoryData<string> Kinds => [.. TestJpeg.Kinds];

    // Two differ by more than rounding: subsampled ink is interpolated as in libjpeg 9, and the reference is the luma of colours clamped to 0 .. 255.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_of_every_kind_looks_as_libjpeg_turbo_shows_it(string name)
    {
        DigitImage image = DigitImage.Load(TestJpeg.FilePath(name)), expected = DigitImage.Load(TestJpeg.FilePath(name + ".pgm"));
        Assert.Equal((29, 37), (image.Height, image.Width));
        Assert.True(expected.Pixels.Max() - expected.Pixels.Min() > 100);
        int tolerance = name is "ycck-420.jpg" or "colour-420-extended.jpg" ? 5 : 1;
        Assert.All(image.Pixels.Zip(expected.Pixels), pair => Assert.InRange(pair.First - pair.Second, -tolerance, tolerance));
    }

    // What the EXIF specification says of each value: the side that the first row lies on when the picture is upright, and the side of the first column.
    [Theory]
    [InlineData(1, 't', 'l')]
    [InlineData(2, 't', 'r')]
    [InlineData(3, 'b', 'r')]
    [InlineData(4, 'b', 'l')]
    [InlineData(5, 'l', 't')]
    [InlineData(6, 'r', 't')]
    [InlineData(7, 'r', 'b')]
    [InlineData(8, 'l', 'b')]
    public void The_orientation_that_a_camera_noted_is_undone(int orientation, char firstRow, char firstColumn)
    {
        byte[] file = TestJpeg.Bytes("grey.jpg");
        DigitImage stored = Load(file);
        foreach (bool isLittleEndian in new[] { true, false })
        {
            DigitImage upright = Load(TestJpeg.WithFirst(file, TestJpeg.Orientation(orientation, isLittleEndian)));
            Assert.Equal(firstRow is 't' or 'b' ? (29, 37) : (37, 29), (upright.Height, upright.Width));
            for (int row = 0; row < stored.Height; row++)
            {
                for (int column = 0; column < stored.Width; column++)
                {
                    int y = 0, x = 0;
                    foreach (var (side, distance) in new[] { (firstRow, row), (firstColumn, column) })
                    {
                        if (side == 't') y = distance;
                        else if (side == 'b') y = upright.Height - 1 - distance;
                        else if (side == 'l') x = distance;
                        else x = upright.Width - 1 - distance;
                    }

                    Assert.Equal(stored.Pixels[row * stored.Width + column], upright.Pixels[y * upright.Width + x]);
                }
            }
        }
    }

    [Fact]
    public void Metadata_without_a_valid_orientation_changes_nothing()
    {
        byte[] file = TestJpeg.Bytes("grey.jpg"), exif = TestJpeg.Orientation(6, isLittleEndian: true);
        byte[] pixels = Load(file).Pixels;
        Assert.Equal(pixels, Load(TestJpeg.WithFirst(file, TestJpeg.Orientation(0, isLittleEndian: true))).Pixels);
        Assert.Equal(pixels, Load(TestJpeg.WithFirst(file, TestJpeg.Orientation(9, isLittleEndian: false))).Pixels);
        for (int length = 0; length < exif.Length - 10; length++) Assert.Equal(pixels, Load(TestJpeg.WithFirst(file, TestJpeg.Segment(TestJpeg.Exif, exif.AsSpan(4, length)))).Pixels);

        // The XMP of an editor lies in a segment of the same kind, before the camera's or after it.
        byte[] xmp = TestJpeg.Segment(TestJpeg.Exif, "http://ns.adobe.com/xap/1.0/\0<x/>"u8);
        Assert.Equal(37, Load(TestJpeg.WithFirst(TestJpeg.WithFirst(file, exif), xmp)).Height);
        Assert.Equal(37, Load(TestJpeg.WithFirst(TestJpeg.WithFirst(file, xmp), exif)).Height);
    }

    [Fact]
    public void A_kind_DigitML_does_not_read_is_named()
    {
        Assert.Equal($"p.jpg is a JPEG with arithmetic coding; {Supported}", Refusal(TestJpeg.Bytes("arithmetic.jpg")));
        Assert.Equal($"p.jpg is a JPEG with arithmetic coding; {Supported}", Refusal(TestJpeg.Bytes("arithmetic-progressive.jpg")));
        byte[] file = TestJpeg.Bytes("grey.jpg");
        int frame = TestJpeg.Find(file, TestJpeg.Baseline);
        Assert.Equal($"p.jpg is a JPEG of 12 bits per sample; {Supported}", Refusal(With(file, frame, 12)));
        foreach (byte marker in new byte[] { 0xC3, 0xC5, 0xC7, 0xCB }) Assert.Equal($"p.jpg is a lossless or hierarchical JPEG; {Supported}", Refusal(With(file, frame - 3, marker)));
        byte[] pair = [.. file[..(frame - 4)], .. TestJpeg.Segment(TestJpeg.Baseline, 8, 0, 29, 0, 37, 2, 1, 0x11, 0, 2, 0x11, 0), .. file[(frame + 9)..]];
        Assert.Equal("p.jpg is a JPEG of 2 colour components in no colour space that DigitML knows: save it as PNG.", Refusal(pair));
    }

    [Theory]
    [InlineData("colour-420.jpg")]
    [InlineData("colour-420-progressive.jpg")]
    [InlineData("colour-420-restarts.jpg")]
    [InlineData("cmyk-adobe.jpg")]
    public void A_truncated_file_is_refused_wherever_it_ends(string name)
    {
        byte[] whole = TestJpeg.Bytes(name);
        for (int length = 3; length < whole.Length; length++) Assert.Equal("p.jpg is truncated: the JPEG ends before its last pixel.", Refusal(whole[..length]));
        int scan = TestJpeg.Find(whole, TestJpeg.StartOfScan) + 20;
        string closed = Refusal([.. whole[..scan], 0xFF, TestJpeg.EndOfImage]);
        Assert.Equal("p.jpg is damaged: its JPEG data ends before the last pixel.", closed);
    }

    [Fact]
    public void A_size_that_the_header_makes_up_takes_no_memory()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (string name in new[] { "grey.jpg", "colour-420-progressive.jpg" })
        {
            byte[] file = TestJpeg.Bytes(name);
            int sizes = TestJpeg.Find(file, name == "grey.jpg" ? TestJpeg.Baseline : TestJpeg.Progressive) + 1;
            byte[] Sized(byte high, byte low) => With(With(With(With(file, sizes, high), sizes + 1, low), sizes + 2, high), sizes + 3, low);
            Assert.Equal("p.jpg is truncated: it declares 7000x7000 pixels but holds fewer.", Refusal(Sized(27, 88)));
            Assert.Equal("p.jpg declares 65024x65024 pixels; DigitML reads pictures of up to 50 million pixels and 65535 per side.", Refusal(Sized(254, 0)));
            Assert.Equal("p.jpg declares more than 65500 pixels per side, the most that DigitML reads in a JPEG.", Refusal(Sized(255, 255)));
            Assert.Equal("p.jpg declares no rows or no columns; a picture has at least one row and one column.", Refusal(Sized(0, 0)));
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 5_000_000);
    }

    [Fact]
    public void Scans_without_end_are_refused()
    {
        Assert.Equal([.. Enumerable.Repeat((byte)128, 64)], Load(TestJpeg.EmptyScans(99)).Pixels);
        Assert.Equal("p.jpg has more than 100 scans, the most that DigitML reads in a JPEG: save it again, or as PNG.", Refusal(TestJpeg.EmptyScans(5000)));
    }

    [Fact]
    public void Bytes_around_the_picture_are_ignored()
    {
        byte[] file = TestJpeg.Bytes("colour-420.jpg"), pixels = Load(file).Pixels;
        Assert.Equal(pixels, Load([.. file, .. "and a film of the same moment"u8]).Pixels);
        Assert.Equal(pixels, Load([.. file[..20], 0, 0, 0, .. file[20..]]).Pixels);
        Assert.Equal(pixels, Load([.. file[..^2], 0, 0, 0, 0, 0xFF, TestJpeg.EndOfImage]).Pixels);
    }

    [Fact]
    public void Bytes_between_restarts_that_belong_to_no_block_are_refused()
    {
        byte[] file = TestJpeg.Bytes("grey-restarts.jpg");
        int restart = TestJpeg.Find(file, 0xD0) - 4;
        Assert.Equal("p.jpg is damaged: its JPEG data cannot be decoded.", Refusal([.. file[..restart], 1, 2, 3, 4, 5, 6, 7, 8, .. file[restart..]]));
    }

    [Theory]
    [InlineData("colour-420.jpg")]
    [InlineData("colour-420-progressive.jpg")]
    public void Reading_can_be_cancelled(string name) => Assert.ThrowsAny<OperationCanceledException>(
        () => DigitImage.Load(new MemoryStream(TestJpeg.Bytes(name)), DigitImageLimits.Default, "p.jpg", new CancellationToken(canceled: true)));

    [Fact]
    public void A_damaged_file_of_any_kind_is_loaded_or_refused()
    {
        int loaded = 0, refused = 0;
        var random = new SeededRandom(6, RandomPurpose.SyntheticData);
        foreach (string name in TestJpeg.Kinds)
        {
            byte[] whole = TestJpeg.Bytes(name);
            for (int i = 0; i < 36; i++)
            {
                byte[] damaged = [.. whole[..3], .. Model.OnnxFuzzTests.Damage(whole[3..], ref random)];
                long before = GC.GetAllocatedBytesForCurrentThread(), began = Stopwatch.GetTimestamp();
                try
                {
                    Load(damaged);
                    loaded++;
                }
                catch (DigitMLException refusal)
                {
                    Assert.StartsWith("p.jpg ", refusal.Message);
                    Assert.InRange(refusal.Message.Length, 20, 200);
                    refused++;
                }

                Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000_000, $"{name}, damage {i} took much memory");
                Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1), $"{name}, damage {i} took {Stopwatch.GetElapsedTime(began)}");
            }
        }

        Assert.True(loaded > 100 && refused > 500 && loaded + refused > 1000, $"{loaded} loaded, {refused} refused");
    }

    [Fact]
    public void A_photograph_of_a_seven_is_predicted_7()
    {
        Assert.Equal("7", DigitClassifier.Default.Predict(DigitImage.Load(TestJpeg.FilePath("seven.jpg"))).Label);
    }

    private static byte[] With(byte[] file, int at, byte value)
    {
        byte[] changed = [.. file];
        changed[at] = value;
        return changed;
    }

    private static DigitImage Load(byte[] file) => DigitImage.Load(new MemoryStream(file), "p.jpg");

    private static string Refusal(byte[] file) => Assert.ThrowsAny<DigitMLException>(() => Load(file)).Message;
}
