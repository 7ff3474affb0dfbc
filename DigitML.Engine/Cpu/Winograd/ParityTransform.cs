using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>Multiplies vectors of channels by a <see cref="ParityMatrix"/> or its transpose, along one side of a tile and then the other.</summary>
internal sealed unsafe class ParityTransform<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly ParityMatrix matrix;
    private readonly int points;
    private readonly float* table;
    private delegate*<float*, int, int, float*, nint, nint, float*, nint, float*, void> evaluate;
    private delegate*<float*, int, int, float*, nint, float*, nint, nint, float*, void> join, joinAndAdd;
    private delegate*<float*, int, int, float*, nint, float*, nint, nint, int, int, in ChannelOutput, float*, void> joinAndFinish;

    internal ParityTransform(ParityMatrix matrix)
    {
        this.matrix = matrix;
        points = matrix.Points;
        table = this.matrix.Table;
        switch (matrix.Interpolates, matrix.Interpolates ? matrix.Pairs : matrix.Columns, matrix.HasZero)
        {
            case (true, 2, true): UseInterpolation<N2, N1>(); break;
            case (true, 3, true): UseInterpolation<N3, N1>(); break;
            case (true, 3, false): UseInterpolation<N3, N0>(); break;
            case (true, 4, false): UseInterpolation<N4, N0>(); break;
            case (true, 5, false): UseInterpolation<N5, N0>(); break;
            case (false, 2, _): UsePowers<N2>(); break;
            case (false, 3, _): UsePowers<N3>(); break;
            case (false, 4, _): UsePowers<N4>(); break;
            case (false, 5, _): UsePowers<N5>(); break;
            case (false, 6, _): UsePowers<N6>(); break;
            case (false, 7, _): UsePowers<N7>(); break;
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
    /// <param name="scratch">Scratch space for points x inputs vectors.</param>
    internal void Evaluate(int vectors, float* x, nint down, nint right, float* z, nint stride, float* scratch) =>
        evaluate(table, points, vectors, x, down, right, z, stride, scratch);

    /// <summary>y = Mᵀ z M: from a square of points to a square of outputs, for some vectors side by side.</summary>
    /// <param name="vectors">Vectors of channels.</param>
    /// <param name="z">Point (0, 0); points follow each other row by row.</param>
    /// <param name="stride">Floats from a point to the next.</param>
    /// <param name="y">Output (0, 0).</param>
    /// <param name="down">Floats from an output to the one below.</param>
    /// <param name="right">Floats from an output to the next in its row.</param>
    /// <param name="scratch">Scratch space for points x outputs vectors.</param>
    internal void Join(int vectors, float* z, nint stride, float* y, nint down, nint right, float* scratch) =>
        join(table, points, vectors, z, stride, y, down, right, scratch);

    /// <summary>y += B z Bᵀ.</summary>
    internal void JoinAndAdd(int vectors, float* z, nint stride, float* y, nint down, nint right, float* scratch) =>
        joinAndAdd(table, points, vectors, z, stride, y, down, right, scratch);

    /// <summary>y = finish(Aᵀ z A), the first <paramref name="rows"/> and <paramref name="rowLength"/> of it.</summary>
    internal void JoinAndFinish(
        int vectors, float* z, nint stride, float* y, nint down, nint right, int rows, int rowLength, in ChannelOutput finish, float* scratch) =>
        joinAndFinish(table, points, vectors, z, stride, y, down, right, rows, rowLength, in finish, scratch);

    private void UseInterpolation<TPairs, TZero>()
        where TPairs : struct, IConstant
        where TZero : struct, IConstant
    {
        evaluate = &InterpolationKernel<TVector, TSimd, TPairs, TZero>.Evaluate;
        join = &InterpolationKernel<TVector, TSimd, TPairs, TZero>.Join<N0>;
        joinAndAdd = &InterpolationKernel<TVector, TSimd, TPairs, TZero>.Join<N1>;
    }

    private void UsePowers<TColumns>()
        where TColumns : struct, IConstant
    {
        evaluate = &PowersKernel<TVector, TSimd, TColumns>.Evaluate;
        join = &PowersKernel<TVector, TSimd, TColumns>.Join;
        joinAndFinish = &PowersKernel<TVector, TSimd, TColumns>.JoinAndFinish;
    }
}
