using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>Packed weights, bias and the factors and offsets after the ReLU of a convolution or dense layer.</summary>
internal sealed unsafe class FoldedWeights<TVector, TSimd> : IDisposable
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly int layerIndex;
    private readonly bool hasBias;
    private readonly FoldedLayers folded;
    private readonly PanelLayout panels;
    private readonly int innermost, innermostStride;
    private readonly NativeBuffer weights, channels;

    /// <param name="layerIndex">The layer.</param>
    /// <param name="hasBias">True if it has a bias.</param>
    /// <param name="folded">The layers folded into it.</param>
    /// <param name="panels">The layout of its packed weights.</param>
    /// <param name="innermost">Number of values of a weight's innermost index: taps of a convolution, pixels of a dense layer's image.</param>
    /// <param name="innermostStride">Rows of the packed weights from one of those to the next; channels are neighbours.</param>
    internal FoldedWeights(int layerIndex, bool hasBias, FoldedLayers folded, PanelLayout panels, int innermost, int innermostStride)
    {
        this.layerIndex = layerIndex;
        this.hasBias = hasBias;
        this.folded = folded;
        this.panels = panels;
        this.innermost = innermost;
        this.innermostStride = innermostStride;
        weights = new NativeBuffer(panels.Size);
        channels = new NativeBuffer(3L * panels.Columns);
    }

    /// <summary>Packed weights.</summary>
    internal float* Weights => weights.Pointer;

    /// <summary>Bias, ReLU, factor and offset of the outputs.</summary>
    internal ChannelOutput Output
    {
        get
        {
            bool hasMap = folded.FinalNorm >= 0;
            float* scale = channels.Pointer + panels.Columns, offset = channels.Pointer + 2 * panels.Columns;
            return new ChannelOutput(channels.Pointer, folded.Rectify, hasMap ? scale : null, hasMap ? offset : null);
        }
    }

    /// <summary>Packs the weights of the layer and of the layers fused into it.</summary>
    internal void Load(NetworkWeights source)
    {
        float[] values = source.OfLayer(layerIndex)[0].Values;
        int outputs = source.OfLayer(layerIndex)[0].Spec.Dims[0], inputs = values.Length / outputs;
        FoldedBatchNorm? norm = folded.FinalNorm < 0 ? null : FoldedBatchNorm.Of(source, folded.FinalNorm);
        for (int o = 0; o < outputs; o++)
        {
            Pack(values.AsSpan(o * inputs, inputs), o);
            channels.Pointer[o] = hasBias ? source.OfLayer(layerIndex)[1].Values[o] : 0;
            channels.Pointer[panels.Columns + o] = (float)(norm?.Factors[o] ?? 1);
            channels.Pointer[2 * panels.Columns + o] = (float)(norm?.Offsets[o] ?? 0);
        }
    }

    public void Dispose()
    {
        weights.Dispose();
        channels.Dispose();
    }

    // The weights of one output: a column of the packed ones.
    private void Pack(ReadOnlySpan<float> values, int output)
    {
        float* column = weights.Pointer + panels.PositionOf(0, output);
        nint width = panels.VectorsOf(output / (2 * panels.Lanes)) * panels.Lanes, stride = innermostStride * width;
        for (int first = 0; first < values.Length; first += innermost, column += width)
        {
            float* place = column;
            foreach (float value in values.Slice(first, innermost))
            {
                *place = value;
                place += stride;
            }
        }
    }
}
