using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>Convolution with the layers fused into it.</summary>
internal sealed unsafe class ConvolutionStep<TVector, TSimd> : InferenceStep
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly Conv2D layer;
    private readonly Margins margins;
    private readonly PanelLayout panels;
    private readonly FoldedWeights<TVector, TSimd> weights;
    private readonly WinogradForward<TVector, TSimd>? winograd;

    internal ConvolutionStep(
        Conv2D layer, int layerIndex, FoldedLayers folded, BufferPlan input, BufferPlan output, WinogradLimits limits, WinogradStripPlan strips)
        : base(input, output)
    {
        this.layer = layer;
        int taps = layer.KernelSize.Height * layer.KernelSize.Width, inputs = input.Shape.Channels;
        margins = layer.Padding.Resolve(input.Shape.Height, input.Shape.Width, layer.KernelSize, layer.Stride);
        panels = PanelLayout.Create(taps * inputs, output.Shape.Channels, TSimd.Lanes);
        weights = new FoldedWeights<TVector, TSimd>(layerIndex, layer.UseBias, folded, panels, taps, inputs);
        input.RequireMargins(margins);
        bool hasVectors = input.PaddedChannels % TSimd.Lanes == 0;
        if (!hasVectors || WinogradChoice.Tile(layer, output.Shape, inputs, output.Shape.Channels, limits, isForward: true) is not { } tile) return;
        WinogradShape shape = WinogradShape.Of(output.Shape, tile, input.PaddedChannels, output.PaddedChannels);
        winograd = new WinogradForward<TVector, TSimd>(shape, inputs, panels, strips);
        input.RequireMargins(shape.InputMargins(input.Shape, margins));
    }

    internal override int PreferredSamples => winograd?.PreferredImages ?? 1;

    internal override long ResidentFloats => winograd?.ResidentFloats ?? 0;

    internal override void Load(NetworkWeights weights)
    {
        this.weights.Load(weights);
        for (int part = 0; part < winograd?.PrepareParts; part++) winograd.Prepare(this.weights.Weights, part);
    }

    internal override void Run(Workspace workspace, int first, int count)
    {
        ImageLayout x = Input.Layout, y = Output.Layout;
        nint corner = -margins.Top * (nint)x.RowStride - margins.Left * (nint)x.PixelStride;
        if (winograd is not null)
        {
            winograd.Run(workspace.Strip, workspace.Values(Input, first) + corner, x, workspace.Values(Output, first), y, count, weights.Output);
            return;
        }

        var correlation = new DirectCorrelation
        {
            OH = y.Height,
            OW = y.Width,
            KH = layer.KernelSize.Height,
            KW = layer.KernelSize.Width,
            C = x.Channels,
            StepDown = layer.Stride.Height * x.RowStride,
            StepRight = layer.Stride.Width * x.PixelStride,
            InputRow = x.RowStride,
            InputPixel = x.PixelStride,
            OutputRow = y.RowStride,
            OutputPixel = y.PixelStride,
            Panels = panels,
        };
        for (int n = first; n < first + count; n++)
        {
            correlation.Run<TVector, TSimd, ForwardEpilogue<TVector, TSimd>>(
                workspace.Values(Input, n) + corner, weights.Weights, workspace.Values(Output, n),
                new ForwardEpilogue<TVector, TSimd>(weights.Output));
        }
    }

    public override void Dispose()
    {
        winograd?.Dispose();
        weights.Dispose();
        base.Dispose();
    }
}
