using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>y[n, o] = Σ x[n, i] · w[i, o] over packed weights, cut into parts by panels of outputs and groups of samples.</summary>
/// <param name="Panels">The packed weights: one row per input.</param>
/// <param name="InputStride">From one sample's inputs to the next's.</param>
/// <param name="OutputStride">From one sample's outputs to the next's.</param>
internal readonly unsafe record struct DenseForward(PanelLayout Panels, int InputStride, int OutputStride)
{
    // Inputs are taken in runs whose weights stay in the L2 cache while all groups of rows pass over them.
    private const int InputRun = 512;
    private const int GroupSize = 70;

    /// <summary>Number of parts for a number of samples.</summary>
    internal int Parts(int samples) => Panels.Panels * Groups(samples);

    /// <summary>Runs one part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Run<TVector, TSimd>(int part, int samples, float* x, float* w, float* y, ForwardEpilogue<TVector, TSimd> epilogue)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        int groups = Groups(samples), panel = part / groups, group = part % groups, first = samples * group / groups, end = samples * (group + 1) / groups;
        int columns = Panels.VectorsOf(panel), channel = panel * 2 * TSimd.Lanes, width = columns * TSimd.Lanes;
        int blocks = (end - first + TSimd.MaxRows - 1) / TSimd.MaxRows;
        var operands = new MultiplyKernel<TVector, TSimd>.Operands { RowStride = InputStride, OuterCount = 1, MiddleCount = 1, OutputStride = OutputStride };
        for (int input = 0; input < Panels.Rows; input += InputRun)
        {
            operands.InnerCount = Math.Min(InputRun, Panels.Rows - input);
            operands.B = w + Panels.OffsetOf(panel) + input * width;
            operands.Accumulate = input > 0;
            for (int block = 0, n = first; block < blocks; block++)
            {
                int rows = (end - n + blocks - block - 1) / (blocks - block);
                operands.A = x + n * (nint)InputStride + input;
                operands.C = y + n * (nint)OutputStride + channel;
                MultiplyKernel<TVector, TSimd>.Run(rows, columns, in operands);
                n += rows;
            }
        }

        for (int column = 0; column < width; column += TSimd.Lanes)
        {
            epilogue.Apply(y + first * (nint)OutputStride + channel + column, OutputStride, end - first, channel + column, 0);
        }
    }

    private static int Groups(int samples) => (samples + GroupSize - 1) / GroupSize;
}
