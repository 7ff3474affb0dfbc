using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>Applies to rows of outputs a <see cref="ChannelOutput"/>.</summary>
internal readonly struct ForwardEpilogue<TVector, TSimd>(ChannelOutput output) : IRowEpilogue<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Apply(float* pixel, nint stride, int count, int channel, int row)
    {
        if (output.IsIdentity) return;
        ChannelOutput channels = output.From(channel);
        TVector bias = channels.Bias<TVector, TSimd>(), floor = channels.Floor<TVector, TSimd>();
        TVector scale = channels.Scale<TVector, TSimd>(), offset = channels.Offset<TVector, TSimd>();
        for (; count > 0; count--, pixel += stride)
        {
            TSimd.Store(TSimd.MultiplyAdd(TSimd.Max(floor, TSimd.Add(TSimd.Load(pixel), bias)), scale, offset), pixel);
        }
    }
}
