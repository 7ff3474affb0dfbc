using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>What happens to a layer's outputs before they are stored: bias, rectifier, then a factor and an offset, each where asked. Pointers are to the first channel.</summary>
internal readonly unsafe struct ChannelOutput(float* bias, bool rectify, float* scale, float* offset)
{
    private readonly float* bias = bias, scale = scale, offset = offset;
    private readonly bool rectify = rectify;

    /// <summary>Whether nothing happens to them.</summary>
    internal bool IsIdentity => bias == null && !rectify && scale == null;

    /// <summary>The same for channels from <paramref name="channel"/> on.</summary>
    internal ChannelOutput From(int channel) =>
        new(bias == null ? null : bias + channel, rectify, scale == null ? null : scale + channel, offset == null ? null : offset + channel);

    /// <summary>Gives vectors of the first channels: y = max(x + bias, floor) · scale + offset.</summary>
    internal void Load<TVector, TSimd>(out TVector biases, out TVector floor, out TVector scales, out TVector offsets)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        biases = bias == null ? TSimd.Create(0f) : TSimd.Load(bias);
        floor = TSimd.Create(rectify ? 0f : float.NegativeInfinity);
        scales = scale == null ? TSimd.Create(1f) : TSimd.Load(scale);
        offsets = scale == null ? TSimd.Create(0f) : TSimd.Load(offset);
    }
}
