using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>Weights in the order kernels read them.</summary>
internal static unsafe class PackedWeights
{
    /// <summary>Position of value <paramref name="index"/> of a convolution's weight (OIHW): rows run over (kh, kw, input channel).</summary>
    internal static int ConvolutionPosition(PanelLayout panels, int index, int inputs, int taps)
    {
        (int tap, int c, int o) = (index % taps, index / taps % inputs, index / taps / inputs);
        return panels.PositionOf(tap * inputs + c, o);
    }

    /// <summary>
    /// Position of value <paramref name="index"/> of a dense layer's weight ([out, in]): rows run over the inputs in memory order, pixel by pixel with
    /// padded channels, while the weight's own order is channel by channel.
    /// </summary>
    internal static int DensePosition(PanelLayout panels, int index, int inputs, int pixels, int paddedChannels)
    {
        (int o, int feature) = (index / inputs, index % inputs);
        return panels.PositionOf(feature % pixels * paddedChannels + feature / pixels, o);
    }

    /// <summary>
    /// Writes one tap of the weights of the input gradient: rows run over (KH − 1 − kh, KW − 1 − kw, output channel), columns over input channels.
    /// </summary>
    internal static void Mirror(float* weights, PanelLayout panels, int taps, int tap, int inputs, int outputs, float* mirrored, PanelLayout mirroredPanels)
    {
        for (int panel = 0; panel < mirroredPanels.Panels; panel++)
        {
            int width = mirroredPanels.VectorsOf(panel) * mirroredPanels.Lanes, first = panel * 2 * mirroredPanels.Lanes;
            float* destination = mirrored + mirroredPanels.OffsetOf(panel) + (taps - 1 - tap) * outputs * width;
            int count = Math.Min(width, inputs - first);
            for (int output = 0; output < outputs; output++, destination += width)
            {
                float* source = weights + panels.PositionOf(tap * inputs + first, output);
                int stride = panels.VectorsOf(output / (2 * panels.Lanes)) * panels.Lanes;
                for (int c = 0; c < count; c++) destination[c] = source[c * stride];
            }
        }
    }

    /// <summary>
    /// Folds an affine map of the input channels into the weights of a convolution without padding: folded[k, c, o] = w[k, c, o] · scale[c] and
    /// foldedBias[o] = bias[o] + Σ w[k, c, o] · offset[c].
    /// </summary>
    internal static void Fold<TVector, TSimd>(
        float* weights, PanelLayout panels, int inputs, float* bias, float* scale, float* offset, float* folded, float* foldedBias)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        for (int panel = 0; panel < panels.Panels; panel++)
        {
            int columns = panels.VectorsOf(panel) * panels.Lanes;
            for (int column = 0; column < columns; column += TSimd.Lanes)
            {
                int output = panel * 2 * panels.Lanes + column;
                float* source = weights + panels.OffsetOf(panel) + column;
                float* destination = folded + panels.OffsetOf(panel) + column;
                TVector sum = bias == null ? default : TSimd.Load(bias + output);
                for (int row = 0, c = 0; row < panels.Rows; row++, source += columns, destination += columns)
                {
                    TVector w = TSimd.Load(source);
                    TSimd.Store(TSimd.Multiply(w, TSimd.Create(scale[c])), destination);
                    sum = TSimd.MultiplyAdd(w, TSimd.Create(offset[c]), sum);
                    if (++c == inputs) c = 0;
                }

                TSimd.Store(sum, foldedBias + output);
            }
        }
    }

    /// <summary>
    /// Undoes <see cref="Fold"/> in the gradients, for input channel c. With G the gradient of the folded weights and S that of the folded bias:
    /// dw[k, c, o] = G[k, c, o] · scale + S[o] · offset, which replaces G.
    /// </summary>
    /// <returns>The gradients of the channel's offset and scale as the map's input sees them: Σ w[k, c, o] · S[o] and Σ w[k, c, o] · G[k, c, o].</returns>
    internal static (double Offset, double Scale) UnfoldGradient<TVector, TSimd>(
        float* weights, PanelLayout panels, int inputs, int c, float scale, float offset, float* gradients, float* biasGradients)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        TVector scales = TSimd.Create(scale), offsets = TSimd.Create(offset), offsetSum = default, scaleSum = default;
        for (int panel = 0; panel < panels.Panels; panel++)
        {
            int columns = panels.VectorsOf(panel) * panels.Lanes;
            for (int column = 0; column < columns; column += TSimd.Lanes)
            {
                TVector s = TSimd.Load(biasGradients + panel * 2 * panels.Lanes + column), offsetPart = TSimd.Multiply(s, offsets);
                for (int row = c; row < panels.Rows; row += inputs)
                {
                    int position = panels.OffsetOf(panel) + row * columns + column;
                    TVector w = TSimd.Load(weights + position), g = TSimd.Load(gradients + position);
                    offsetSum = TSimd.MultiplyAdd(w, s, offsetSum);
                    scaleSum = TSimd.MultiplyAdd(w, g, scaleSum);
                    TSimd.Store(TSimd.MultiplyAdd(g, scales, offsetPart), gradients + position);
                }
            }
        }

        return (SumOfLanes<TVector, TSimd>(offsetSum), SumOfLanes<TVector, TSimd>(scaleSum));
    }

    private static double SumOfLanes<TVector, TSimd>(TVector vector)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        float* lanes = stackalloc float[TSimd.Lanes];
        TSimd.Store(vector, lanes);
        double sum = 0;
        for (int i = 0; i < TSimd.Lanes; i++) sum += lanes[i];
        return sum;
    }
}
