using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>A fully connected layer with what it takes in.</summary>
internal sealed unsafe class DenseStep<TVector, TSimd> : InferenceStep
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly BufferPlan input, output;
    private readonly PanelLayout panels;
    private readonly JoinedWeights<TVector, TSimd> weights;

    internal DenseStep(Dense layer, int layerIndex, int inputs, JoinedLayers joined, BufferPlan input, BufferPlan output)
    {
        this.input = input;
        this.output = output;
        int pixels = input.Shape.Height * input.Shape.Width;
        PanelLayout layout = panels = PanelLayout.Create(pixels * input.PaddedChannels, layer.Units, TSimd.Lanes);
        weights = new JoinedWeights<TVector, TSimd>(
            layerIndex, layer.UseBias, joined, panels, i => PackedWeights.DensePosition(layout, i, inputs, pixels, input.PaddedChannels));
    }

    internal override void Load(NetworkWeights weights) => this.weights.Load(weights);

    internal override void Run(Workspace workspace, int count)
    {
        var forward = new DenseForward(panels, input.Layout.SampleStride, output.Layout.SampleStride);
        for (int part = 0; part < forward.Parts(count); part++)
        {
            forward.Run(part, count, workspace.Values(input, 0), weights.Weights, workspace.Values(output, 0), new ForwardEpilogue<TVector, TSimd>(weights.Output));
        }
    }

    public override void Dispose()
    {
        weights.Dispose();
        base.Dispose();
    }
}
