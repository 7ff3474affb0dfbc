using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>
/// y[oh, ow, :] = Σ over kh, kw, c of x[oh · s + kh, ow · s + kw, c] · w[kh, kw, c, :], straight from the padded image: computes both a convolution's forward pass and
/// (with mirrored weights over the output's gradient) its input gradient. Strides are in floats.
/// </summary>
internal unsafe struct DirectCorrelation
{
    /// <summary>Output rows and columns.</summary>
    internal int OH, OW;

    /// <summary>Window rows, columns and input channels.</summary>
    internal int KH, KW, C;

    /// <summary>From the window of an output pixel to that of the one below and of the next in its row.</summary>
    internal nint StepDown, StepRight;

    /// <summary>From an input pixel to the one below and to the next in its row.</summary>
    internal nint InputRow, InputPixel;

    /// <summary>From an output pixel to the one below and to the next in its row.</summary>
    internal nint OutputRow, OutputPixel;

    /// <summary>The packed weights: KH · KW · C rows.</summary>
    internal PanelLayout Panels;

    /// <summary>Runs one image.</summary>
    /// <param name="x">The window of output pixel (0, 0).</param>
    /// <param name="w">Packed weights.</param>
    /// <param name="y">Output pixel (0, 0).</param>
    /// <param name="epilogue">Applied to each finished row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal readonly void Run<TVector, TSimd, TEpilogue>(float* x, float* w, float* y, TEpilogue epilogue)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
        where TEpilogue : struct, IRowEpilogue<TVector, TSimd>
    {
        bool contiguous = InputPixel == C;
        var operands = new MultiplyKernel<TVector, TSimd>.Operands
        {
            RowStride = StepRight,
            OuterCount = KH,
            OuterStride = InputRow,
            MiddleCount = contiguous ? 1 : KW,
            MiddleStride = InputPixel,
            InnerCount = contiguous ? KW * C : C,
            OutputStride = OutputPixel,
        };

        // Blocks of about equal size: two of 13 pixels run faster than one of 14 and one of 12.
        int blocks = (OW + TSimd.MaxRows - 1) / TSimd.MaxRows;
        for (int panel = 0; panel < Panels.Panels; panel++)
        {
            int columns = Panels.VectorsOf(panel), channel = panel * 2 * TSimd.Lanes;
            operands.B = w + Panels.OffsetOf(panel);
            for (int oh = 0; oh < OH; oh++)
            {
                float* outputRow = y + oh * OutputRow + channel;
                int ow = 0;
                for (int block = 0; block < blocks; block++)
                {
                    int rows = (OW - ow + blocks - block - 1) / (blocks - block);
                    operands.A = x + oh * StepDown + ow * StepRight;
                    operands.C = outputRow + ow * OutputPixel;
                    MultiplyKernel<TVector, TSimd>.Run(rows, columns, in operands);
                    ow += rows;
                }

                epilogue.Apply(outputRow, OutputPixel, OW, channel, oh);
                if (columns == 2) epilogue.Apply(outputRow + TSimd.Lanes, OutputPixel, OW, channel + TSimd.Lanes, oh);
            }
        }
    }
}
