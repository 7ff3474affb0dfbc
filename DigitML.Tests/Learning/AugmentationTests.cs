using DigitML.Engine;
using DigitML.Engine.Learning;
using DigitML.Engine.Randomness;

namespace DigitML.Tests.Learning;

public class AugmentationTests
{
    private const int Side = 9;

    [Fact]
    public void Nothing_to_change_gives_the_same_image()
    {
        byte[] image = RandomImage(1);
        Assert.Equal(image, Warp(image, AffineTransform.Of(0, 0, 1, 1, 0, 0)));
        var augmented = new byte[image.Length];
        var random = new SeededRandom(1, RandomPurpose.SyntheticData);
        Assert.True(new ImageAugmenter(new Augmentation(), Side, Side).Augment(image, augmented, ref random));
        Assert.Equal(image, augmented);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, -3)]
    [InlineData(-8, 8)]
    [InlineData(9, 0)]
    [InlineData(-40, 2)]
    public void A_shift_moves_every_pixel_exactly_and_brings_background_in(int right, int down)
    {
        byte[] image = RandomImage(2), moved = Warp(image, AffineTransform.Of(0, 0, 1, 1, right, down));
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                int fromX = x - right, fromY = y - down;
                bool inside = fromX is >= 0 and < Side && fromY is >= 0 and < Side;
                Assert.Equal(inside ? image[fromY * Side + fromX] : 0, moved[y * Side + x]);
            }
        }
    }

    [Fact]
    public void A_quarter_turn_is_clockwise_and_exact()
    {
        byte[] image = RandomImage(3), turned = Warp(image, AffineTransform.Of(Math.PI / 2, 0, 1, 1, 0, 0));
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++) Assert.Equal(image[y * Side + x], turned[x * Side + (Side - 1 - y)]);
        }
    }

    [Theory]
    [InlineData(0.3, 0, 1, 1, 0, 0)]
    [InlineData(-0.2, 0.25, 0.8, 1.15, 2, -1)]
    [InlineData(0, -0.4, 1, 1, 0, 0)]
    [InlineData(3.0, 0, 0.5, 1.9, -3, 4)]
    [InlineData(0.1, 0, 0.01, 0.01, 0, 0)]
    public void Every_transform_gives_the_bilinear_values_of_the_formula(double angle, double slant, double zoomX, double zoomY, int shiftX, int shiftY)
    {
        const int height = 7, width = 10;
        var random = new SeededRandom(4, RandomPurpose.SyntheticData);
        var image = new byte[height * width];
        for (int i = 0; i < image.Length; i++) image[i] = (byte)random.NextInt32(256);
        AffineTransform transform = AffineTransform.Of(angle, slant, zoomX, zoomY, shiftX, shiftY);
        var moved = new byte[image.Length];
        new ImageWarp(height, width).Apply(image, moved, transform);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double fromCentreX = x - (width - 1) / 2.0, fromCentreY = y - (height - 1) / 2.0;
                double sourceX = transform.Xx * fromCentreX + transform.Xy * fromCentreY + transform.X0 + (width - 1) / 2.0;
                double sourceY = transform.Yx * fromCentreX + transform.Yy * fromCentreY + transform.Y0 + (height - 1) / 2.0;
                Assert.InRange(moved[y * width + x] - Bilinear(image, height, width, sourceX, sourceY), -2.5, 2.5);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(1000)]
    public void An_elastic_field_moves_every_source_point_further(float pixels)
    {
        const int height = 8, width = 11;
        var random = new SeededRandom(6, RandomPurpose.SyntheticData);
        var image = new byte[height * width];
        for (int i = 0; i < image.Length; i++) image[i] = (byte)random.NextInt32(256);
        var elastic = new ElasticField(height, width, spacing: 3);
        elastic.Draw(pixels, ref random);
        AffineTransform transform = AffineTransform.Of(0.3, 0.1, 0.9, 1.2, 1, -2);
        var moved = new byte[image.Length];
        new ImageWarp(height, width).Apply(image, moved, transform, elastic);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double fromCentreX = x - (width - 1) / 2.0, fromCentreY = y - (height - 1) / 2.0;
                double sourceX = transform.Xx * fromCentreX + transform.Xy * fromCentreY + transform.X0 + (width - 1) / 2.0 + elastic.X[y * width + x];
                double sourceY = transform.Yx * fromCentreX + transform.Yy * fromCentreY + transform.Y0 + (height - 1) / 2.0 + elastic.Y[y * width + x];
                Assert.InRange(moved[y * width + x] - Bilinear(image, height, width, sourceX, sourceY), -2.5, 2.5);
            }
        }
    }

    [Fact]
    public void The_transform_undoes_scale_then_slant_then_turn_then_shift()
    {
        const double angle = 0.4, slant = 0.3, zoomX = 1.2, zoomY = 0.7, shiftX = 3, shiftY = -2, x = 1.5, y = -0.75;
        double scaledX = zoomX * x, scaledY = zoomY * y;
        double slantedX = scaledX + slant * scaledY;
        double movedX = Math.Cos(angle) * slantedX - Math.Sin(angle) * scaledY + shiftX, movedY = Math.Sin(angle) * slantedX + Math.Cos(angle) * scaledY + shiftY;
        AffineTransform inverse = AffineTransform.Of(angle, slant, zoomX, zoomY, shiftX, shiftY);
        Assert.Equal(x, inverse.Xx * movedX + inverse.Xy * movedY + inverse.X0, 1e-12);
        Assert.Equal(y, inverse.Yx * movedX + inverse.Yy * movedY + inverse.Y0, 1e-12);
    }

    [Fact]
    public void One_stream_gives_one_image_and_another_stream_another()
    {
        var augmenter = new ImageAugmenter(new Augmentation(2, 15, 0.1f, 10, ElasticPixels: 1), Side, Side);
        byte[] image = RandomImage(5);
        byte[] Augmented(ulong epoch)
        {
            var result = new byte[image.Length];
            var random = new SeededRandom(7, RandomPurpose.Augmentation, epoch, 3);
            augmenter.Augment(image, result, ref random);
            return result;
        }

        Assert.Equal(Augmented(1), Augmented(1));
        Assert.NotEqual(Augmented(1), Augmented(2));
    }

    [Fact]
    public void Ink_is_kept_about_as_it_is()
    {
        var augmenter = new ImageAugmenter(new Augmentation(1, 20, 0.1f, 10), 28, 28);
        var image = new byte[28 * 28];
        for (int y = 9; y < 19; y++) image.AsSpan(y * 28 + 9, 10).Fill(200);
        var augmented = new byte[image.Length];
        for (ulong row = 0; row < 200; row++)
        {
            var random = new SeededRandom(1, RandomPurpose.SyntheticData, row);
            augmenter.Augment(image, augmented, ref random);
            Assert.InRange(augmented.Sum(pixel => pixel), 0.75 * 20000, 1.3 * 20000);
            Assert.True(augmented.Max() <= 200);
        }
    }

    [Fact]
    public void Shifts_reach_their_limit_both_ways_and_are_as_likely()
    {
        var augmenter = new ImageAugmenter(new Augmentation(ShiftPixels: 1), Side, Side);
        var image = new byte[Side * Side];
        image[4 * Side + 4] = 255;
        var counts = new Dictionary<int, int>();
        for (ulong row = 0; row < 900; row++)
        {
            var moved = new byte[image.Length];
            var random = new SeededRandom(1, RandomPurpose.SyntheticData, row);
            augmenter.Augment(image, moved, ref random);
            int place = Array.IndexOf(moved, (byte)255);
            counts[place] = counts.GetValueOrDefault(place) + 1;
        }

        Assert.Equal(9, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 60, 140));
    }

    [Fact]
    public void Shifts_by_a_fraction_are_of_any_amount_up_to_it()
    {
        const float fraction = 0.2f;
        var augmenter = new ImageAugmenter(new Augmentation(ShiftFraction: fraction), Side, Side);
        var image = new byte[Side * Side];
        image[4 * Side + 4] = 255;
        var shifts = new List<double>();
        for (ulong row = 0; row < 900; row++)
        {
            var moved = new byte[image.Length];
            var random = new SeededRandom(1, RandomPurpose.SyntheticData, row);
            augmenter.Augment(image, moved, ref random);
            double ink = moved.Sum(pixel => (double)pixel);
            shifts.Add(moved.Select((pixel, i) => pixel * (i % Side - 4.0)).Sum() / ink);
            shifts.Add(moved.Select((pixel, i) => pixel * (i / Side - 4.0)).Sum() / ink);
        }

        double largest = fraction * Side, rounding = 0.02;
        Assert.All(shifts, shift => Assert.InRange(shift, -largest - rounding, largest + rounding));
        Assert.All(shifts.CountBy(shift => (int)Math.Floor((shift + largest) / (largest / 4))).Where(bin => bin.Key is >= 0 and < 8), bin => Assert.InRange(bin.Value, 180, 270));
    }

    [Fact]
    public void The_probability_is_the_share_of_rows_that_change()
    {
        var augmenter = new ImageAugmenter(new Augmentation(2, Probability: 0.25f), Side, Side);
        int changed = 0;
        for (ulong row = 0; row < 1000; row++)
        {
            var random = new SeededRandom(1, RandomPurpose.SyntheticData, row);
            if (augmenter.Augment(RandomImage(1), new byte[Side * Side], ref random)) changed++;
        }

        Assert.InRange(changed, 210, 290);
    }

    [Fact]
    public void A_value_outside_its_range_is_named()
    {
        AssertWrong(new Augmentation(ShiftPixels: -1), "augmentation.shiftPixels is -1; it must be 0 or more.");
        AssertWrong(new Augmentation(RotationDegrees: 181), "augmentation.rotationDegrees is 181; it must be from 0 to 180.");
        AssertWrong(new Augmentation(Zoom: 1), "augmentation.zoom is 1; it must be from 0 up to but not including 1.");
        AssertWrong(new Augmentation(ShearDegrees: 90), "augmentation.shearDegrees is 90; it must be from 0 up to but not including 90.");
        AssertWrong(new Augmentation(Probability: 1.5f), "augmentation.probability is 1.5; it must be from 0 to 1.");
        AssertWrong(new Augmentation(FinalEpochsWithout: -2), "augmentation.finalEpochsWithout is -2; it must be 0 or more.");
        AssertWrong(new Augmentation(ElasticPixels: -1), "augmentation.elasticPixels is -1; it must be 0 or more.");
        AssertWrong(new Augmentation(ShiftFraction: 1.5f), "augmentation.shiftFraction is 1.5; it must be from 0 to 1.");
        AssertWrong(new Augmentation(ElasticSpacing: 0), "augmentation.elasticSpacing is 0; it must be 1 or more.");
    }

    private static double Bilinear(byte[] image, int height, int width, double x, double y)
    {
        int x0 = (int)Math.Floor(x), y0 = (int)Math.Floor(y);
        double fx = x - x0, fy = y - y0;
        double Pixel(int px, int py) => px >= 0 && px < width && py >= 0 && py < height ? image[py * width + px] : 0;
        return (1 - fy) * ((1 - fx) * Pixel(x0, y0) + fx * Pixel(x0 + 1, y0)) + fy * ((1 - fx) * Pixel(x0, y0 + 1) + fx * Pixel(x0 + 1, y0 + 1));
    }

    private static byte[] Warp(byte[] image, AffineTransform transform)
    {
        var moved = new byte[image.Length];
        Array.Fill(moved, (byte)77);
        new ImageWarp(Side, Side).Apply(image, moved, transform);
        return moved;
    }

    private static byte[] RandomImage(ulong seed)
    {
        var random = new SeededRandom(seed, RandomPurpose.SyntheticData);
        var image = new byte[Side * Side];
        for (int i = 0; i < image.Length; i++) image[i] = (byte)random.NextInt32(256);
        return image;
    }

    private static void AssertWrong(Augmentation augmentation, string message) =>
        Assert.Equal(message, Assert.Throws<DigitMLException>(augmentation.Validate).Message);
}
