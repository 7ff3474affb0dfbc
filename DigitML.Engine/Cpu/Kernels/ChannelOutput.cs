using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>The last operations on a layer's outputs before they are stored: bias, ReLU, then a factor and an offset, each if set. Pointers point to the first channel.</summary>
internal readonly unsafe struct ChannelOutput(float* bias, bool rectify, float* scale, float* offset)
{
    private readonly float* bias = bias, scale = scale, offset = offset;
    private readonly bool rectify = rectify;

    /// <summary>True if the outputs stay unchanged.</summary>
    internal bool IsIdentity => bias == null && !rectify && scale == null;

    /// <summary>The same for channels from <paramref name="channel"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ChannelOutput From(int channel) =>
        new(bias == null ? null : bias + channel, rectify, scale == null ? null : scale + channel, offset == null ? null : offset + channel);

    /// <summary>Biases of the first channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TVector Bias<TVector, TSimd>()
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
        => bias == null ? TSimd.Create(0f) : TSimd.Load(bias);

    /// <summary>Lower bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TVector Floor<TVector, TSimd>()
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
        => TSimd.Create(rectify ? 0f : float.NegativeInfinity);

    /// <summary>Factor after that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TVector Scale<TVector, TSimd>()
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
        => scale == null ? TSimd.Create(1f) : TSimd.Load(scale);

    /// <summary>Offset added last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TVector Offset<TVector, TSimd>()
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
        => scale == null ? TSimd.Create(0f) : TSimd.Load(offset);
}
