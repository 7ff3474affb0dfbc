using DigitML.Data;
using DigitML.Data.Layouts;

namespace DigitML.Tests.Data;

/// <summary>How the values of a row make an image: rectangles, colours, columns first.</summary>
public sealed class ImageShapeTests : DataFolder
{
    private readonly TinyDigits digits = new(40, side: 16);

    private int Size => digits.Side * digits.Side;

    [Fact]
    public void Rectangles_need_their_size_said()
    {
        string path = Write("a.csv", digits.Table((_, label, pixels) => [label, .. pixels.Take(10 * 16)], string.Join(',', Enumerable.Range(0, 10 * 16).Select(i => $"pixel{i}").Prepend("label"))));

        Assert.Equal("a.csv: its rows have 160 pixels, which make no square image (13x13 has 169); say --height and --width, or --channels.", FailureOfReading(path));
        foreach (FileLayout layout in new[] { new FileLayout { Height = 10, Width = 16 }, new FileLayout { Height = 10 }, new FileLayout { Width = 16 } })
        {
            DigitFile file = DigitFiles.Load(path, new DigitFileOptions { Layout = layout });
            Assert.Equal((10, 16), (file.Dataset.Height, file.Dataset.Width));
            Assert.Equal(digits.Pixels[..(10 * 16)], file.Dataset.Image(0).ToArray());
        }

        Assert.Equal((10, 16), (DigitFiles.Read(path, new DigitFileOptions { ImageHeight = 10, ImageWidth = 16 }) is var known ? known.Height : 0, known.Width));
        Assert.Equal(
            "a.csv: its rows have 160 pixels, which do not make 10x17 images of 1 channel; correct --height, --width or --channels.",
            FailureOfReading(path, new DigitFileOptions { Layout = new FileLayout { Height = 10, Width = 17 } }));
    }

    [Fact]
    public void A_rectangle_without_a_header_needs_its_size_said_too()
    {
        string path = Write("a.csv", digits.Table((_, label, pixels) => [label, .. pixels.Take(10 * 16)]));
        Assert.Equal(
            "a.csv: 161 columns of numbers make no square image, nor with one of them as the label (13x13 has 169); say --height and --width, and --label-column.",
            FailureOfReading(path));
        DigitFile file = DigitFiles.Load(path, new DigitFileOptions { RequireLabels = true, Layout = new FileLayout { Height = 10, Width = 16 } });
        Assert.Equal((string.Join(' ', digits.Labels), 10, 16), (LabelsOf(file.Dataset), file.Dataset.Height, file.Dataset.Width));
    }

    [Fact]
    public void Names_of_rows_and_columns_tell_the_size()
    {
        string path = Write("a.csv", digits.Table((_, label, pixels) => [label, .. pixels.Take(10 * 16)], string.Join(',', Enumerable.Range(0, 10 * 16).Select(i => $"r{i / 16}c{i % 16}").Prepend("label"))));
        Assert.Equal((10, 16), (DigitFiles.Read(path) is var read ? read.Height : 0, read.Width));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void Colours_become_grey(int channels, bool isPlanar)
    {
        string path = Write("a.csv", digits.Table((_, label, pixels) => [label, .. Coloured(pixels, channels, isPlanar)]));

        DigitFile file = DigitFiles.Load(path);

        Assert.Equal(digits.Pixels, file.Dataset.Pixels);
        Assert.EndsWith($"pixels 0 to 255; {(channels == 4 ? "RGBA" : "RGB")} 16x16{(isPlanar ? ", planar" : "")}, made grey", file.Reading, StringComparison.Ordinal);
    }

    [Fact]
    public void Red_green_and_blue_weigh_as_the_eye_sees_them()
    {
        string path = Write("a.csv", "a,255,0,0,0,255,0,0,0,255,0,0,0\n");
        Assert.Equal([76, 150, 29, 0], DigitFiles.Read(path, new DigitFileOptions { Layout = new FileLayout { Channels = 3, Planar = false } }).Pixels);
    }

    [Fact]
    public void Values_that_do_not_tell_whether_channels_stand_together_leave_doubt()
    {
        var random = new Random(1);
        string path = Write("a.csv", $"a,{string.Join(',', Enumerable.Range(0, 300).Select(_ => random.Next(256)))}\n");
        Assert.Equal(
            "a.csv: say whether the 3 channels of a pixel stand together (--planar no) or all values of a channel do (--planar yes); the values do not tell.", FailureOfReading(path));
    }

    [Fact]
    public void Grey_images_of_twice_the_side_are_not_taken_for_four_channels() => Assert.Equal(16, DigitFiles.Read(Write("a.csv", digits.Plain())).Height);

    [Fact]
    public void Transposed_images_are_turned_back()
    {
        int side = digits.Side;
        string path = Write("a.csv", digits.Table((_, label, pixels) => [label, .. Enumerable.Range(0, Size).Select(i => pixels[i % side * side + i / side])]));
        DigitFile file = DigitFiles.Load(path, new DigitFileOptions { Layout = new FileLayout { Transpose = true } });
        Assert.Equal(digits.Pixels, file.Dataset.Pixels);
        Assert.EndsWith("; transposed", file.Reading, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Coloured(string[] pixels, int channels, bool isPlanar) => isPlanar
        ? Enumerable.Range(0, channels).SelectMany(channel => pixels.Select(pixel => channel == 3 ? "255" : pixel))
        : pixels.SelectMany(pixel => Enumerable.Range(0, channels).Select(channel => channel == 3 ? "255" : pixel));
}
