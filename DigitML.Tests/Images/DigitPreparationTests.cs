using DigitML.Engine;
using DigitML.Model.Images;
using static DigitML.Tests.Images.TestPictures;

namespace DigitML.Tests.Images;

public class DigitPreparationTests
{
    [Fact]
    public void A_digit_is_20_of_28_pixels_long_with_its_centre_of_mass_in_the_middle()
    {
        foreach (var (height, width) in new[] { (200, 200), (300, 120), (90, 400), (37, 41), (15, 15) })
        {
            DigitImage digit = Stroke(height, width).Prepare();
            var (rows, columns, row, column) = Measure(digit);
            Assert.Equal((28, 28), (digit.Height, digit.Width));
            Assert.Equal(20, Math.Max(rows, columns));
            Assert.InRange(row, 13.49, 14.51);
            Assert.InRange(column, 13.49, 14.51);
            Assert.Equal((0, 255), (digit.Pixels.Min(), digit.Pixels.Max()));
        }
    }

    [Fact]
    public void Place_size_colours_and_noise_hardly_matter()
    {
        DigitImage expected = Stroke(200, 200).Prepare();
        Assert.Equal(expected.Pixels, Stroke(200, 200, inverted: true).Prepare().Pixels);
        Assert.Equal(0, Difference(expected, Stroke(200, 200, shiftY: -35, shiftX: 25).Prepare()));
        Assert.InRange(Difference(expected, Stroke(400, 500).Prepare()), 0, 8);
        Assert.InRange(Difference(expected, Stroke(200, 200, share: 0.3).Prepare()), 0, 12);
        Assert.InRange(Difference(expected, Stroke(200, 200, paper: 180, ink: 90).Prepare()), 0, 8);
        Assert.InRange(Difference(expected, WithNoise(Stroke(200, 200, paper: 200, ink: 30), 20, seed: 1).Prepare()), 0, 14);
    }

    [Fact]
    public void A_speck_of_dust_changes_nothing()
    {
        DigitImage picture = Stroke(200, 200);
        byte[] dusty = [.. picture.Pixels];
        foreach (int at in new[] { 3 * 200 + 190, 195 * 200 + 7, 196 * 200 + 7 }) dusty[at] = 0;
        Assert.Equal(picture.Prepare().Pixels, new DigitImage(200, 200, dusty).Prepare().Pixels);
    }

    [Fact]
    public void A_digit_as_MNIST_has_them_stays_as_it_is()
    {
        DigitImage digit = Stroke(200, 200).Prepare();
        Assert.Same(digit, digit.Prepare());
        byte[] aside = new byte[784];
        for (int y = 0; y < 28; y++) digit.Pixels.AsSpan(y * 28 + 3, 25).CopyTo(aside.AsSpan(y * 28, 25));
        DigitImage moved = new DigitImage(28, 28, aside).Prepare();
        Assert.InRange(Difference(digit, moved), 0, 1);
        Assert.InRange(Difference(digit, new DigitImage(28, 28, aside)), 50, 255);
    }

    [Fact]
    public void Another_size_of_model_gets_the_same_share_of_ink()
    {
        DigitImage digit = Stroke(200, 200).Prepare(56, 56);
        var (rows, columns, row, column) = Measure(digit);
        Assert.Equal((56, 56, 40), (digit.Height, digit.Width, Math.Max(rows, columns)));
        Assert.InRange(row, 27.4, 28.6);
        Assert.InRange(column, 27.4, 28.6);
        Assert.Equal(14, Measure(Stroke(80, 60).Prepare(20, 30)).Rows);
    }

    [Fact]
    public void Single_rows_columns_and_points_are_digits_too()
    {
        byte[] line = new byte[30 * 40];
        line.AsSpan(10 * 40 + 5, 30).Fill(255);
        Assert.Equal((1, 20), Sides(new DigitImage(30, 40, line).Prepare()));
        byte[] point = new byte[9];
        point[4] = 200;
        Assert.Equal((20, 20), Sides(new DigitImage(3, 3, point).Prepare()));
        static (int, int) Sides(DigitImage digit) => (Measure(digit).Rows, Measure(digit).Columns);
    }

    [Fact]
    public void An_empty_picture_is_refused()
    {
        const string Message = "p.png is empty: no pixel differs from its background by 16 of 255 or more, so there is no digit to recognise.";
        Assert.Equal(Message, Assert.Throws<DigitMLException>(() => new DigitImage(28, 28, new byte[784], "p.png").Prepare()).Message);
        DigitImage paper = WithNoise(new DigitImage(50, 50, [.. Enumerable.Repeat((byte)200, 2500)], "p.png"), 6, seed: 1);
        Assert.Equal(Message, Assert.Throws<DigitMLException>(() => paper.Prepare()).Message);
    }

    private static (int Rows, int Columns, double Row, double Column) Measure(DigitImage digit)
    {
        var ink = from y in Enumerable.Range(0, digit.Height) from x in Enumerable.Range(0, digit.Width) select (y, x, v: (double)digit.Pixels[y * digit.Width + x]);
        var seen = ink.Where(point => point.v > 0).ToList();
        double mass = seen.Sum(point => point.v);
        return (seen.Max(point => point.y) - seen.Min(point => point.y) + 1, seen.Max(point => point.x) - seen.Min(point => point.x) + 1,
            seen.Sum(point => point.v * point.y) / mass, seen.Sum(point => point.v * point.x) / mass);
    }
}
