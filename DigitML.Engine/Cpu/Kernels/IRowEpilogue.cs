using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>The last operations on a row of output pixels while it is still in the L1 cache: called for each row and each vector of channels.</summary>
internal unsafe interface IRowEpilogue<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>Changes <paramref name="count"/> pixels.</summary>
    /// <param name="pixel">One vector of channels of the row's first pixel.</param>
    /// <param name="stride">Floats to the next pixel.</param>
    /// <param name="count">Pixels.</param>
    /// <param name="channel">First channel of the vector.</param>
    /// <param name="row">The row's index in its image.</param>
    void Apply(float* pixel, nint stride, int count, int channel, int row);
}
