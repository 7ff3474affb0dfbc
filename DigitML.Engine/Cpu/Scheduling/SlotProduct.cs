using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Scheduling;

/// <summary>
/// A weight gradient as a product over all samples of a minibatch, w[i, o] = Σ x[k, i] · dy[k, o], where k runs over samples or over the tiles of samples. Each
/// slot gives a separate sum; slots are added up in the order of <see cref="TreeSum"/>, a tile of w at a time, while they are in the L1 cache.
/// </summary>
internal unsafe ref struct SlotProduct<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>The slots of the minibatch.</summary>
    internal SlotLayout Slots;

    /// <summary>Values of k per sample.</summary>
    internal int PerSample;

    /// <summary>x[0, 0], and floats from one k to the next; i runs over neighbours.</summary>
    internal float* X;
    internal nint StrideX;

    /// <summary>dy[0, 0], and floats from one k to the next; o runs over neighbours.</summary>
    internal float* Gradient;
    internal nint GradientStride;

    /// <summary>Writes w[i, o] for <paramref name="inputs"/> inputs by <paramref name="columns"/> (1 or 2) vectors of outputs, row by row.</summary>
    [SkipLocalsInit]
    internal readonly void Run(int inputs, int columns, float* w)
    {
        int maxRows = TreeProductKernel<TVector, TSimd>.MaxRows, blocks = (inputs + maxRows - 1) / maxRows, width = columns * TSimd.Lanes;
        float* subtrees = stackalloc float[TreeProductKernel<TVector, TSimd>.Levels * maxRows * width];
        int depth = Slots.SlotSize * PerSample;
        var operands = new TreeProductKernel<TVector, TSimd>.Operands
        {
            B = Gradient,
            StrideA = StrideX,
            StrideB = GradientStride,
            NextA = depth * StrideX,
            NextB = depth * GradientStride,
            Terms = Slots.ActiveSlots,
            Count = depth,
            LastCount = Slots.SamplesOf(Slots.ActiveSlots - 1) * PerSample,
            Subtrees = subtrees,
        };
        for (int block = 0, i = 0; block < blocks; block++)
        {
            int rows = (inputs - i + blocks - block - 1) / (blocks - block);
            operands.A = X + i;
            operands.C = w + i * width;
            TreeProductKernel<TVector, TSimd>.Run(rows, columns, in operands);
            i += rows;
        }
    }
}
