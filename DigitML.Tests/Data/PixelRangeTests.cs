using System.Globalization;
using DigitML.Data;
using DigitML.Data.Layouts;

namespace DigitML.Tests.Data;

/// <summary>The values of background and ink.</summary>
public sealed class PixelRangeTests : DataFolder
{
    private readonly TinyDigits digits = new(40);

    [Theory]
    [InlineData(0, 1, "pixels 0 to 1, scaled to 255")]
    [InlineData(-1, 1, "pixels -1 to 1, scaled to 255")]
    [InlineData(-0.5, 0.5, "pixels -0.5 to 0.5, scaled to 255")]
    [InlineData(0, 255, "pixels 0 to 255")]
    [InlineData(0, 65535, "pixels 0 to 65535, scaled to 255")]
    [InlineData(-128, 127, "pixels -128 to 127, scaled to 255")]
    [InlineData(0, 100, "pixels 0 to 100, scaled to 255")]
    public void The_range_is_found_and_told(double background, double ink, string told)
    {
        bool isWhole = ink > 1;
        DigitFile file = DigitFiles.Load(Write("a.csv", digits.Plain(pixel => Text(pixel, background, ink, isWhole && ink != 65535 ? 6 : 9))));

        Assert.EndsWith(told, file.Reading, StringComparison.Ordinal);
        Assert.Equal(new PixelRange(background, ink), file.PixelRange);
        Assert.Equal(digits.Pixels, file.Dataset.Pixels);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(1)]
    [InlineData(7)]
    public void Whole_numbers_up_to_a_small_one_are_scaled(int ink)
    {
        DigitFile file = DigitFiles.Load(Write("a.csv", digits.Plain(pixel => $"{pixel * ink / 255}")));

        Assert.EndsWith($"pixels 0 to {ink}, scaled to 255", file.Reading, StringComparison.Ordinal);
        Assert.Equal(digits.Pixels.Select(pixel => (byte)Math.Round(pixel * ink / 255 * 255.0 / ink, MidpointRounding.AwayFromZero)), file.Dataset.Pixels);
    }

    [Fact]
    public void A_range_that_the_values_do_not_tell_is_asked_for()
    {
        string path = Write("a.csv", "label,pixel0,pixel1,pixel2,pixel3\na,0,10,20,30\nb,0,40,50,60\n");

        Assert.Equal(
            "a.csv: its pixels are 0 to 60, which does not tell their range; say which value is ink: --pixel-scale 60, or --pixel-scale 255.", FailureOfReading(path));
        Assert.Equal([0, 10, 20, 30, 0, 40, 50, 60], DigitFiles.Read(path, Scale("255")).Pixels);
        Assert.Equal([0, 43, 85, 128, 0, 170, 213, 255], DigitFiles.Read(path, Scale("60")).Pixels);
        Assert.Equal([0, 10, 20, 30, 0, 40, 50, 60], DigitFiles.Read(path, new DigitFileOptions { TrainingRange = PixelRange.Bytes }).Pixels);
    }

    [Fact]
    public void A_range_that_is_said_must_hold_for_all_values()
    {
        string path = Write("a.csv", "label,pixel0,pixel1,pixel2,pixel3\na,0,10,20,30\nb,0,40,50,60\n");

        Assert.Equal("a.csv:3: pixel3 is 60, which is not in the range 0..50 of --pixel-scale; correct it, or say another range.", FailureOfReading(path, Scale("50")));
        Assert.Equal("a.csv:2: pixel0 is 0, which is not in the range 10..80 of --pixel-scale; correct it, or say another range.", FailureOfReading(path, Scale("10..80")));
    }

    [Fact]
    public void A_few_rows_are_read_like_those_that_the_model_learned_from()
    {
        string path = Write("a.csv", "label,pixel0,pixel1,pixel2,pixel3\na,0,1,2,9\n");

        DigitFile file = DigitFiles.Load(path, new DigitFileOptions { TrainingRange = new PixelRange(0, 16) });

        Assert.Equal([0, 16, 32, 143], file.Dataset.Pixels);
        Assert.StartsWith("a.csv: its pixels are 0 to 9, which does not tell", FailureOfReading(path, new DigitFileOptions { TrainingRange = PixelRange.Bytes }), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_another_range_than_the_models_are_scaled()
    {
        DigitFile file = DigitFiles.Load(Write("a.csv", digits.Plain(pixel => Text(pixel, 0, 1, 9))), new DigitFileOptions { TrainingRange = PixelRange.Bytes });
        Assert.Equal(digits.Pixels, file.Dataset.Pixels);
    }

    [Fact]
    public void Dark_ink_on_light_paper_is_inverted()
    {
        DigitFile file = DigitFiles.Load(Write("a.csv", digits.Plain(pixel => $"{255 - pixel}")));
        Assert.EndsWith("pixels 0 to 255; dark on light, inverted", file.Reading, StringComparison.Ordinal);
        Assert.Equal(digits.Pixels, file.Dataset.Pixels);
        Assert.Equal(digits.Pixels, DigitFiles.Read(Write("b.csv", digits.Plain(pixel => Text((byte)(255 - pixel), 0, 1, 9)))).Pixels);
        Assert.Equal(digits.Pixels.Select(pixel => (byte)(255 - pixel)), DigitFiles.Read(PathOf("a.csv"), new DigitFileOptions { Layout = new FileLayout { Invert = false } }).Pixels);
        Assert.Equal(digits.Pixels.Select(pixel => (byte)(255 - pixel)), DigitFiles.Read(Write("c.csv", digits.Plain()), new DigitFileOptions { Layout = new FileLayout { Invert = true } }).Pixels);
    }

    [Fact]
    public void Fractions_of_255_are_rounded() =>
        Assert.Equal([0, 128, 3, 255], DigitFiles.Read(Write("a.csv", "label,pixel0,pixel1,pixel2,pixel3\na,0.2,127.5,3.4,254.9\n")).Pixels);

    [Fact]
    public void Blank_images_have_no_range_and_stay_blank() => Assert.Equal(new byte[8], DigitFiles.Read(Write("a.csv", "label,pixel0,pixel1,pixel2,pixel3\na,0,0,0,0\nb,0,0,0,0\n")).Pixels);

    [Theory]
    [InlineData("16", 0.0, 16.0)]
    [InlineData("-1..1", -1.0, 1.0)]
    [InlineData("0.5", 0.0, 0.5)]
    [InlineData("10..1", null, null)]
    [InlineData("1..2..3", null, null)]
    [InlineData("", null, null)]
    [InlineData("nan", null, null)]
    [InlineData("0", null, null)]
    public void Ranges_are_written_with_two_points(string text, double? minimum, double? maximum)
    {
        PixelRange? range = PixelRange.Parse(text);
        Assert.Equal((minimum, maximum), (range?.Minimum, range?.Maximum));
        if (range is { } found) Assert.Equal(found, PixelRange.Parse(found.ToString()));
    }

    private static DigitFileOptions Scale(string range) => new() { Layout = new FileLayout { PixelScale = PixelRange.Parse(range) } };

    private static string Text(byte pixel, double background, double ink, int digits) =>
        Math.Round(background + pixel / 255.0 * (ink - background), digits).ToString(CultureInfo.InvariantCulture);
}
