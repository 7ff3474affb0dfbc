using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>Multiplies vectors of channels by a <see cref="ParityMatrix"/> or its transpose, along one side of a tile and then the other.</summary>
internal sealed unsafe class ParityTransform<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly ParityMatrix matrix;
    private readonly int size;
    private readonly float* table;
    private delegate*<float*, int, int, float*, nint, nint, float*, nint, float*, void> evaluate;
    private delegate*<float*, int, int, float*, nint, float*, nint, nint, float*, void> join, joinAndAdd;
    private delegate*<float*, int, int, float*, nint, float*, nint, nint, int, int, in ChannelOutput, float*, void> joinAndFinish;

    internal ParityTransform(ParityMatrix matrix)
    {
        this.matrix = matrix;
        size = matrix.Interpolates ? matrix.Points : matrix.Pairs;
        table = this.matrix.Table;
        switch (matrix.Interpolates, matrix.Interpolates ? matrix.Pairs : matrix.Columns)
        {
            case (true, 2): UseInterpolation<N2>(); break;
            case (true, 3): UseInterpolation<N3>(); break;
            case (true, 4): UseInterpolation<N4>(); break;
            case (true, 5): UseInterpolation<N5>(); break;
            case (false, 2): UsePowers<N2>(); break;
            case (false, 3): UsePowers<N3>(); break;
            case (false, 4): UsePowers<N4>(); break;
            case (false, 5): UsePowers<N5>(); break;
            case (false, 6): UsePowers<N6>(); break;
            case (false, 7): UsePowers<N7>(); break;
            default: throw new NotSupportedException($"There is no transform from {matrix.Columns} values to {matrix.Points} points.");
        }
    }

    /// <summary>z = M x Mᵀ: from a square of inputs to a square of points, for some vectors side by side.</summary>
    /// <param name="vectors">Vectors of channels.</param>
    /// <param name="x">Input (0, 0), with strides down and right.</param>
    /// <param name="down">Floats from an input to the one below.</param>
    /// <param name="right">Floats from an input to the next in its row.</param>
    /// <param name="z">Point (0, 0); points follow each other row by row.</param>
    /// <param name="stride">Floats from a point to the next.</param>
    /// <param name="scratch">Room for points x inputs vectors.</param>
    internal void Evaluate(int vectors, float* x, nint down, nint right, float* z, nint stride, float* scratch) =>
        evaluate(table, size, vectors, x, down, right, z, stride, scratch);

    /// <summary>y = Mᵀ z M: from a square of points to a square of outputs, for some vectors side by side.</summary>
    /// <param name="vectors">Vectors of channels.</param>
    /// <param name="z">Point (0, 0); points follow each other row by row.</param>
    /// <param name="stride">Floats from a point to the next.</param>
    /// <param name="y">Output (0, 0).</param>
    /// <param name="down">Floats from an output to the one below.</param>
    /// <param name="right">Floats from an output to the next in its row.</param>
    /// <param name="scratch">Room for points x outputs vectors.</param>
    internal void Join(int vectors, float* z, nint stride, float* y, nint down, nint right, float* scratch) =>
        join(table, size, vectors, z, stride, y, down, right, scratch);

    /// <summary>y += B z Bᵀ.</summary>
    internal void JoinAndAdd(int vectors, float* z, nint stride, float* y, nint down, nint right, float* scratch) =>
        joinAndAdd(table, size, vectors, z, stride, y, down, right, scratch);

    /// <summary>y = finish(Aᵀ z A), the first <paramref name="rows"/> and <paramref name="rowLength"/> of it.</summary>
    internal void JoinAndFinish(
        int vectors, float* z, nint stride, float* y, nint down, nint right, int rows, int rowLength, in ChannelOutput finish, float* scratch) =>
        joinAndFinish(table, size, vectors, z, stride, y, down, right, rows, rowLength, in finish, scratch);

    private void UseInterpolation<TPairs>()
        where TPairs : struct, IConstant
    {
        evaluate = &InterpolationKernel<TVector, TSimd, TPairs>.Evaluate;
        join = &InterpolationKernel<TVector, TSimd, TPairs>.Join<N0>;
        joinAndAdd = &InterpolationKernel<TVector, TSimd, TPairs>.Join<N1>;
    }

    private void UsePowers<TColumns>()
        where TColumns : struct, IConstant
    {
        evaluate = &PowersKernel<TVector, TSimd, TColumns>.Evaluate;
        join = &PowersKernel<TVector, TSimd, TColumns>.Join;
        joinAndFinish = &PowersKernel<TVector, TSimd, TColumns>.JoinAndFinish;
    }
}
