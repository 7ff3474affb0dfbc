using System.Runtime.Intrinsics;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Randomness;

namespace DigitML.Tests.Cpu;

/// <summary>The transforms alone: y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A of one tile against the sums it stands for, in double.</summary>
public unsafe class WinogradTileTests
{
    [Theory]
    [InlineData(4, 3, 1.5e-6)]
    [InlineData(2, 5, 1.5e-6)]
    [InlineData(4, 5, 6e-6)]
    [InlineData(5, 3, 4e-6)]
    [InlineData(6, 3, 6e-6)]
    [InlineData(7, 3, 2e-5)]
    [InlineData(7, 5, 1e-4)]
    public void A_tile_gives_the_correlation(int outputs, int taps, double tolerance)
    {
        WinogradTile tile = WinogradTile.Find(outputs, taps)!;
        Assert.InRange(ErrorOf<Vector128<float>, Simd128>(tile), 0, tolerance);
        Assert.InRange(ErrorOf<Vector256<float>, Simd256>(tile), 0, tolerance);
        Assert.InRange(ErrorOf<Vector512<float>, Simd512>(tile), 0, tolerance);
    }

    [Fact]
    public void A_tile_without_known_points_is_not_there() => Assert.Null(WinogradTile.Find(outputs: 8, taps: 3));

    // Root of the mean squared error over many tiles, relative to that of the results.
    private static double ErrorOf<TVector, TSimd>(WinogradTile tile)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        int n = tile.Points, m = tile.Outputs, r = tile.Taps, lanes = TSimd.Lanes;
        float* d = stackalloc float[n * n * lanes], g = stackalloc float[r * r * lanes], v = stackalloc float[n * n * lanes];
        float* u = stackalloc float[n * n * lanes], y = stackalloc float[n * n * lanes], scratch = stackalloc float[n * n * lanes];
        var random = new SeededRandom(seed: 5, RandomPurpose.SyntheticData);
        double squaredError = 0, squaredResult = 0;
        for (int round = 0; round < 50; round++)
        {
            for (int i = 0; i < n * n * lanes; i++) d[i] = (float)random.NextNormal();
            for (int i = 0; i < r * r * lanes; i++) g[i] = (float)random.NextNormal();
            new ParityTransform<TVector, TSimd>(tile.Input).Evaluate(1, d, n * lanes, lanes, v, lanes, scratch);
            new ParityTransform<TVector, TSimd>(tile.Weight).Evaluate(1, g, r * lanes, lanes, u, lanes, scratch);
            for (int i = 0; i < n * n * lanes; i++) v[i] *= u[i];
            new ParityTransform<TVector, TSimd>(tile.Output).Join(1, v, lanes, y, m * lanes, lanes, scratch);
            for (int i = 0; i < m * m * lanes; i++)
            {
                (int lane, int column, int row) = (i % lanes, i / lanes % m, i / lanes / m);
                double sum = 0;
                for (int ky = 0; ky < r; ky++)
                {
                    for (int kx = 0; kx < r; kx++) sum += (double)d[((row + ky) * n + column + kx) * lanes + lane] * g[(ky * r + kx) * lanes + lane];
                }

                squaredError += Math.Pow(y[i] - sum, 2);
                squaredResult += sum * sum;
            }
        }

        return Math.Sqrt(squaredError / squaredResult);
    }
}
