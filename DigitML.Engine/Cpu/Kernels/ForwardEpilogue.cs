using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>Takes rows of outputs through a <see cref="ChannelOutput"/>.</summary>
internal readonly struct ForwardEpilogue<TVector, TSimd>(ChannelOutput output) : IRowEpilogue<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Apply(float* pixel, nint stride, int count, int channel, int row)
    {
        if (output.IsIdentity) return;
        output.From(channel).Load<TVector, TSimd>(out TVector bias, out TVector floor, out TVector scale, out TVector offset);
        for (; count > 0; count--, pixel += stride)
        {
            TSimd.Store(TSimd.MultiplyAdd(TSimd.Max(TSimd.Add(TSimd.Load(pixel), bias), floor), scale, offset), pixel);
        }
    }
}
