using DigitML.Engine.Networks;

namespace DigitML.Model.Onnx;

/// <summary>ONNX's broadcasting of a constant that amounts to one number per channel.</summary>
internal static class OnnxBroadcast
{
    /// <summary>
    /// One number per channel of a [N, C, H, W] or [N, F] value; null if the constant differs within a channel or its sizes do not match.
    /// </summary>
    internal static double[]? ToChannels(OnnxTensor<float> constant, Shape shape)
    {
        int rank = shape.IsVector ? 2 : 4;
        if (constant.Dims.Length > rank || constant.Values.Length == 0) return null;
        for (int d = 0; d < constant.Dims.Length; d++)
        {
            bool isChannel = d + rank - constant.Dims.Length == 1;
            if (constant.Dims[d] != 1 && !(isChannel && constant.Dims[d] == shape.Channels)) return null;
        }

        var values = new double[shape.Channels];
        for (int c = 0; c < values.Length; c++) values[c] = constant.Values[constant.Values.Length == 1 ? 0 : c];
        return values;
    }
}
