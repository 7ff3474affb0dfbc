using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>Convolution with what it takes in.</summary>
internal sealed unsafe class ConvolutionStep<TVector, TSimd> : InferenceStep
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly BufferPlan input, output;
    private readonly Conv2D layer;
    private readonly Margins margins;
    private readonly PanelLayout panels;
    private readonly JoinedWeights<TVector, TSimd> weights;
    private readonly WinogradForward<TVector, TSimd>? winograd;

    internal ConvolutionStep(Conv2D layer, int layerIndex, JoinedLayers joined, BufferPlan input, BufferPlan output, NumericMode mode, WinogradStripPlan strips)
    {
        this.layer = layer;
        this.input = input;
        this.output = output;
        int taps = layer.KernelSize.Height * layer.KernelSize.Width, inputs = input.Shape.Channels;
        margins = layer.Padding.Resolve(input.Shape.Height, input.Shape.Width, layer.KernelSize, layer.Stride);
        PanelLayout layout = panels = PanelLayout.Create(taps * inputs, output.Shape.Channels, TSimd.Lanes);
        weights = new JoinedWeights<TVector, TSimd>(
            layerIndex, layer.UseBias, joined, panels, i => PackedWeights.ConvolutionPosition(layout, i, inputs, taps));
        input.RequireMargins(margins);
        bool hasVectors = input.PaddedChannels % TSimd.Lanes == 0;
        if (!hasVectors || WinogradChoice.Tile(layer, output.Shape, inputs, output.Shape.Channels, mode, isForward: true) is not { } tile) return;
        WinogradShape shape = WinogradShape.Of(output.Shape, tile, input.PaddedChannels, output.PaddedChannels);
        winograd = new WinogradForward<TVector, TSimd>(shape, inputs, panels, strips);
        input.RequireMargins(shape.InputMargins(input.Shape, margins));
    }

    internal override void Load(NetworkWeights weights)
    {
        this.weights.Load(weights);
        for (int part = 0; part < winograd?.PrepareParts; part++) winograd.Prepare(this.weights.Weights, part);
    }

    internal override void Run(Workspace workspace, int count)
    {
        ImageLayout x = input.Layout, y = output.Layout;
        nint corner = -margins.Top * (nint)x.RowStride - margins.Left * (nint)x.PixelStride;
        if (winograd is not null)
        {
            winograd.Run(workspace.Strip, workspace.Values(input, 0) + corner, x, workspace.Values(output, 0), y, count, weights.Output);
            return;
        }

        var correlation = new DirectCorrelation
        {
            OH = y.Height, OW = y.Width, KH = layer.KernelSize.Height, KW = layer.KernelSize.Width, C = x.Channels,
            StepDown = layer.Stride.Height * x.RowStride, StepRight = layer.Stride.Width * x.PixelStride, InputRow = x.RowStride, InputPixel = x.PixelStride,
            OutputRow = y.RowStride, OutputPixel = y.PixelStride, Panels = panels,
        };
        for (int n = 0; n < count; n++)
        {
            correlation.Run<TVector, TSimd, ForwardEpilogue<TVector, TSimd>>(
                workspace.Values(input, n) + corner, weights.Weights, workspace.Values(output, n),
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
