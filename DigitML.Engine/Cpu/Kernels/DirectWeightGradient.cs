using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>
/// dw[kh, kw, c, :] += Σ over oh, ow of x[oh · s + kh, ow · s + kw, c] · dy[oh, ow, :] for one image. Strides are in floats; dw has the layout of the
/// packed weights.
/// </summary>
internal unsafe struct DirectWeightGradient
{
    // Rows of x and dy are taken in bands that stay in the L1 cache while all tiles of dw pass over them.
    private const int BandFloats = 7 * 1024;

    /// <summary>Output rows and columns.</summary>
    internal int OH, OW;

    /// <summary>Window rows, columns and input channels.</summary>
    internal int KH, KW, C;

    /// <summary>From the window of an output pixel to that of the one below and of the next in its row.</summary>
    internal nint StepDown, StepRight;

    /// <summary>From an input pixel to the one below and to the next in its row.</summary>
    internal nint InputRow, InputPixel;

    /// <summary>From a pixel of dy to the one below and to the next in its row.</summary>
    internal nint GradientRow, GradientPixel;

    /// <summary>The packed weights: KH · KW · C rows.</summary>
    internal PanelLayout Panels;

    /// <summary>Adds one image's part.</summary>
    /// <param name="x">The window of output pixel (0, 0).</param>
    /// <param name="dy">Gradient of output pixel (0, 0).</param>
    /// <param name="dw">Sums to add to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal readonly void Run<TVector, TSimd>(float* x, float* dy, float* dw)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        // Where pixels hold nothing but their channels, a row of the window is one run of KW · C inputs.
        bool contiguous = InputPixel == C;
        int runs = contiguous ? 1 : KW, runLength = contiguous ? KW * C : C;
        int maxRows = TransposedMultiplyKernel<TVector, TSimd>.MaxRows;
        int blocks = (runLength + maxRows - 1) / maxRows;
        int bandRows = (int)Math.Clamp(BandFloats / (StepDown + GradientRow), 1, OH);
        var operands = new TransposedMultiplyKernel<TVector, TSimd>.Operands
        {
            OuterStrideA = StepDown,
            OuterStrideB = GradientRow,
            InnerCount = OW,
            InnerStrideA = StepRight,
            InnerStrideB = GradientPixel,
        };

        for (int band = 0; band < OH; band += bandRows)
        {
            operands.OuterCount = Math.Min(bandRows, OH - band);
            for (int panel = 0; panel < Panels.Panels; panel++)
            {
                int columns = Panels.VectorsOf(panel), width = columns * TSimd.Lanes;
                operands.B = dy + band * GradientRow + panel * 2 * TSimd.Lanes;
                float* panelGradient = dw + Panels.OffsetOf(panel);
                for (int kh = 0; kh < KH; kh++)
                {
                    for (int run = 0; run < runs; run++)
                    {
                        float* input = x + band * StepDown + kh * InputRow + run * InputPixel;
                        float* output = panelGradient + (kh * KW * C + run * C) * width;
                        for (int block = 0, r = 0; block < blocks; block++)
                        {
                            int rows = (runLength - r + blocks - block - 1) / (blocks - block);
                            operands.A = input + r;
                            operands.C = output + r * width;
                            TransposedMultiplyKernel<TVector, TSimd>.Run(rows, columns, in operands);
                            r += rows;
                        }
                    }
                }
            }
        }
    }
}
