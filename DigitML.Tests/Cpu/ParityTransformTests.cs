using System.Runtime.Intrinsics;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;

namespace DigitML.Tests.Cpu;

/// <summary>Every transform of every tile against its matrix written out, in double.</summary>
public class ParityTransformTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<int, int, string> Matrices()
    {
        var matrices = new TheoryData<int, int, string>();
        foreach (int taps in (int[])[3, 5])
        {
            foreach (int size in WinogradTile.Sizes(taps, double.PositiveInfinity))
            {
                foreach (string name in (string[])["input", "output", "weight"]) matrices.Add(size, taps, name);
            }
        }

        return matrices;
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void A_transform_is_its_matrix_from_both_sides(int outputs, int taps, string name)
    {
        ParityMatrix matrix = MatrixOf(outputs, taps, name);
        Check<Vector128<float>, Simd128>(matrix);
        Check<Vector256<float>, Simd256>(matrix);
        Check<Vector512<float>, Simd512>(matrix);
    }

    private static ParityMatrix MatrixOf(int outputs, int taps, string name)
    {
        WinogradTile tile = WinogradTile.Find(outputs, taps)!;
        return name switch { "input" => tile.Input, "output" => tile.Output, _ => tile.Weight };
    }

    private static unsafe void Check<TVector, TSimd>(ParityMatrix matrix)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        const int Vectors = 2;
        int channels = Vectors * TSimd.Lanes, columns = matrix.Columns, points = matrix.Points;
        using NativeBuffer x = Random(columns * columns * channels, seed: 1), z = Random(points * points * channels, seed: 2);
        using NativeBuffer toPoints = new(z.Length), back = new(x.Length), scratch = new(points * points * TSimd.Lanes);
        var transform = new ParityTransform<TVector, TSimd>(matrix);
        transform.Evaluate(Vectors, x.Pointer, columns * channels, channels, toPoints.Pointer, channels, scratch.Pointer);
        transform.Join(Vectors, z.Pointer, channels, back.Pointer, columns * channels, channels, scratch.Pointer);
        AssertNear(Product(x, columns, points, channels, (point, column) => matrix[point, column]), toPoints);
        AssertNear(Product(z, points, columns, channels, (column, point) => matrix[point, column]), back);
        if (!matrix.Interpolates) return;
        transform.JoinAndAdd(Vectors, z.Pointer, channels, back.Pointer, columns * channels, channels, scratch.Pointer);
        AssertNear([.. Product(z, points, columns, channels, (column, point) => matrix[point, column]).Select(value => 2 * value)], back);
    }

    // m x mᵀ for each channel.
    private static double[] Product(NativeBuffer x, int from, int to, int channels, Func<int, int, double> m)
    {
        var product = new double[to * to * channels];
        for (int i = 0; i < product.Length; i++)
        {
            int row = i / channels / to, column = i / channels % to, channel = i % channels;
            for (int k = 0; k < from * from; k++) product[i] += m(row, k / from) * m(column, k % from) * x.Span[k * channels + channel];
        }

        return product;
    }

    private static void AssertNear(double[] expected, NativeBuffer actual)
    {
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++) Assert.InRange((actual.Span[i] - expected[i]) / largest, -Tolerance, Tolerance);
    }

    private static NativeBuffer Random(int length, int seed)
    {
        var random = new Random(seed);
        var buffer = new NativeBuffer(length);
        foreach (ref float value in buffer.Span) value = random.NextSingle() - 0.5f;
        return buffer;
    }
}
