using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>One matrix product for each point of a Winograd convolution.</summary>
internal static unsafe class PointProducts<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    // With few channels a product is so short that starting it costs as much as computing it: then one call does all points in turn.
    private const int ShortWeights = 1024;

    /// <summary>c[p][t, :] = a[p][t, k] · b[p][k, :] for every point p, tiles t by packed columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(
        int points, int tiles, float* a, nint aPoint, nint aTile, int depth, float* b, nint bPoint, PanelLayout panels, float* c, nint cPoint, nint cTile)
    {
        int blocks = (tiles + TSimd.MaxRows - 1) / TSimd.MaxRows;
        var operands = new MultiplyKernel<TVector, TSimd>.Operands
        {
            RowStride = aTile,
            OuterCount = 1,
            MiddleCount = 1,
            InnerCount = depth,
            OutputStride = cTile,
            NextA = aPoint,
            NextB = bPoint,
            NextC = cPoint,
        };
        operands.Repeats = panels.Size <= ShortWeights ? points : 1;
        for (int point = 0; point < points; point += operands.Repeats)
        {
            for (int panel = 0; panel < panels.Panels; panel++)
            {
                operands.B = b + point * bPoint + panels.OffsetOf(panel);
                float* output = c + point * cPoint + panel * 2 * TSimd.Lanes;
                int columns = panels.VectorsOf(panel);
                for (int block = 0, t = 0; block < blocks; block++)
                {
                    int rows = (tiles - t + blocks - block - 1) / (blocks - block);
                    operands.A = a + point * aPoint + t * aTile;
                    operands.C = output + t * cTile;
                    MultiplyKernel<TVector, TSimd>.Run(rows, columns, in operands);
                    t += rows;
                }
            }
        }
    }

    /// <summary>w[p][k, :] (+)= Σ over tiles of a[p][t, k] · z[p][t, :] for every point p, in the packed layout of w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyTransposed(
        int points, int tiles, float* a, nint aPoint, nint aTile, int depth, float* z, nint zPoint, nint zTile, float* w, nint wPoint, PanelLayout panels,
        bool replace)
    {
        int maxRows = TransposedMultiplyKernel<TVector, TSimd>.MaxRows, blocks = (depth + maxRows - 1) / maxRows;
        var operands = new TransposedMultiplyKernel<TVector, TSimd>.Operands
        {
            OuterCount = 1,
            InnerCount = tiles,
            InnerStrideA = aTile,
            InnerStrideB = zTile,
            Replace = replace,
            NextA = aPoint,
            NextB = zPoint,
            NextC = wPoint,
        };
        operands.Repeats = panels.Size <= ShortWeights ? points : 1;
        for (int point = 0; point < points; point += operands.Repeats)
        {
            for (int panel = 0; panel < panels.Panels; panel++)
            {
                int columns = panels.VectorsOf(panel);
                operands.B = z + point * zPoint + panel * 2 * TSimd.Lanes;
                float* output = w + point * wPoint + panels.OffsetOf(panel);
                for (int block = 0, k = 0; block < blocks; block++)
                {
                    int rows = (depth - k + blocks - block - 1) / (blocks - block);
                    operands.A = a + point * aPoint + k;
                    operands.C = output + k * columns * TSimd.Lanes;
                    TransposedMultiplyKernel<TVector, TSimd>.Run(rows, columns, in operands);
                    k += rows;
                }
            }
        }
    }
}
