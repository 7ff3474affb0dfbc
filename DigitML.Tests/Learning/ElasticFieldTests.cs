using DigitML.Engine.Learning;
using DigitML.Engine.Randomness;

namespace DigitML.Tests.Learning;

public class ElasticFieldTests
{
    [Theory]
    [InlineData(28, 28, 7)]
    [InlineData(9, 14, 4)]
    [InlineData(3, 2, 5)]
    [InlineData(6, 6, 1)]
    public void The_field_is_the_B_spline_through_moved_control_points(int height, int width, int spacing)
    {
        var field = new ElasticField(height, width, spacing);
        var random = new SeededRandom(11, RandomPurpose.SyntheticData);
        field.Draw(2.5f, ref random);

        int pointsY = (height - 1) / spacing + 4, pointsX = (width - 1) / spacing + 4;
        random = new SeededRandom(11, RandomPurpose.SyntheticData);
        foreach (float[] displacement in new[] { field.X, field.Y })
        {
            var moves = new double[pointsY, pointsX];
            for (int y = 0; y < pointsY; y++)
            {
                for (int x = 0; x < pointsX; x++) moves[y, x] = random.NextDouble(-2.5, 2.5);
            }

            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++) Assert.Equal(Spline(moves, (double)y / spacing, (double)x / spacing), displacement[y * width + x], 1e-5);
            }
        }
    }

    [Fact]
    public void Neighbouring_pixels_move_alike_and_about_half_as_far_as_control_points()
    {
        var field = new ElasticField(28, 28, 7);
        double squares = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            var random = new SeededRandom(seed, RandomPurpose.SyntheticData);
            field.Draw(1, ref random);
            for (int i = 1; i < 28 * 28; i++)
            {
                squares += field.X[i] * field.X[i];
                if (i % 28 > 0) Assert.InRange(field.X[i] - field.X[i - 1], -0.25, 0.25);
            }
        }

        double controlPoint = 1 / Math.Sqrt(3), pixel = Math.Sqrt(squares / (200 * 28 * 28));
        Assert.InRange(pixel / controlPoint, 0.4, 0.6);
    }

    /// <summary>The sum over control points of move times N(v - i) · N(u - j), N the cubic B-spline from its recursion.</summary>
    private static double Spline(double[,] moves, double v, double u)
    {
        double sum = 0;
        for (int i = 0; i < moves.GetLength(0); i++)
        {
            for (int j = 0; j < moves.GetLength(1); j++) sum += moves[i, j] * Basis(v - i + 3, 4) * Basis(u - j + 3, 4);
        }

        return sum;
    }

    /// <summary>Cox and de Boor: the B-spline of an order over the knots 0, 1, 2, ...</summary>
    private static double Basis(double t, int order) => order == 1
        ? t is >= 0 and < 1 ? 1 : 0
        : (t * Basis(t, order - 1) + (order - t) * Basis(t - 1, order - 1)) / (order - 1);
}
