using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>A fully connected layer with the layers fused into it, over a whole batch: its weights are read once.</summary>
internal sealed unsafe class DenseStep<TVector, TSimd> : IDisposable
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly BufferPlan input, output;
    private readonly PanelLayout panels;
    private readonly FoldedWeights<TVector, TSimd> weights;

    internal DenseStep(Dense layer, int layerIndex, FoldedLayers folded, BufferPlan input, BufferPlan output)
    {
        this.input = input;
        this.output = output;
        input.KeepBatch();
        output.KeepBatch();
        int pixels = input.Shape.Height * input.Shape.Width;
        panels = PanelLayout.Create(pixels * input.PaddedChannels, layer.Units, TSimd.Lanes);
        weights = new FoldedWeights<TVector, TSimd>(layerIndex, layer.UseBias, folded, panels, pixels, input.PaddedChannels);
    }

    internal void Load(NetworkWeights weights) => this.weights.Load(weights);

    /// <summary>Number of parts for a number of samples.</summary>
    internal int Parts(int samples) => Forward.Parts(samples);

    /// <summary>Runs one part.</summary>
    internal void Run(BatchBuffers batch, int part, int samples) => Forward.Run(
        part, samples, batch.Values(input, 0), weights.Weights, batch.Values(output, 0), new ForwardEpilogue<TVector, TSimd>(weights.Output));

    public void Dispose() => weights.Dispose();

    private DenseForward Forward => new(panels, input.Layout.SampleStride, output.Layout.SampleStride);
}
