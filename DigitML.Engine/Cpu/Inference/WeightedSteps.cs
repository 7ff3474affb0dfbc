using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>
/// The layers that a convolution or dense layer takes in: a batch norm right after it (into weights and bias), a rectifier, and a batch norm after that.
/// </summary>
/// <param name="FoldedNorm">Index of the batch norm right after it, or −1.</param>
/// <param name="Rectify">Whether a rectifier follows.</param>
/// <param name="FinalNorm">Index of the batch norm after the rectifier, or −1.</param>
internal readonly record struct JoinedLayers(int FoldedNorm, bool Rectify, int FinalNorm);

/// <summary>Packed weights, bias and the map after the rectifier, of a convolution or dense layer.</summary>
internal sealed unsafe class JoinedWeights<TVector, TSimd> : IDisposable
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly int layerIndex;
    private readonly bool hasBias;
    private readonly JoinedLayers joined;
    private readonly PanelLayout panels;
    private readonly Func<int, int> position;
    private readonly NativeBuffer weights, channels;

    /// <param name="layerIndex">The layer.</param>
    /// <param name="hasBias">Whether it has a bias.</param>
    /// <param name="joined">What it takes in.</param>
    /// <param name="panels">The layout of its packed weights.</param>
    /// <param name="position">Where a value of its weight lies.</param>
    internal JoinedWeights(int layerIndex, bool hasBias, JoinedLayers joined, PanelLayout panels, Func<int, int> position)
    {
        this.layerIndex = layerIndex;
        this.hasBias = hasBias;
        this.joined = joined;
        this.panels = panels;
        this.position = position;
        weights = new NativeBuffer(panels.Size);
        channels = new NativeBuffer(3L * panels.Columns);
    }

    /// <summary>Packed weights.</summary>
    internal float* Weights => weights.Pointer;

    /// <summary>What happens to each row of outputs.</summary>
    internal ForwardEpilogue<TVector, TSimd> Epilogue
    {
        get
        {
            bool hasMap = joined.FinalNorm >= 0;
            float* scale = channels.Pointer + panels.Columns, offset = channels.Pointer + 2 * panels.Columns;
            return new ForwardEpilogue<TVector, TSimd>(channels.Pointer, joined.Rectify, hasMap ? scale : null, hasMap ? offset : null);
        }
    }

    /// <summary>Packs the weights of the layer and what it takes in.</summary>
    internal void Load(NetworkWeights source)
    {
        float[] values = source.OfLayer(layerIndex)[0].Values;
        int outputs = source.OfLayer(layerIndex)[0].Spec.Dims[0], inputs = values.Length / outputs;
        ChannelMap? folded = MapOf(joined.FoldedNorm, source), final = MapOf(joined.FinalNorm, source);
        for (int i = 0; i < values.Length; i++) weights.Pointer[position(i)] = (float)(values[i] * (folded?.Scale[i / inputs] ?? 1));
        for (int o = 0; o < outputs; o++)
        {
            double bias = hasBias ? source.OfLayer(layerIndex)[1].Values[o] : 0;
            channels.Pointer[o] = (float)(bias * (folded?.Scale[o] ?? 1) + (folded?.Offset[o] ?? 0));
            channels.Pointer[panels.Columns + o] = (float)(final?.Scale[o] ?? 1);
            channels.Pointer[2 * panels.Columns + o] = (float)(final?.Offset[o] ?? 0);
        }
    }

    public void Dispose()
    {
        weights.Dispose();
        channels.Dispose();
    }

    private static ChannelMap? MapOf(int normIndex, NetworkWeights source) =>
        normIndex < 0 ? null : ChannelMap.Of((BatchNorm)source.Network.Layers[normIndex].Layer, source, normIndex);
}

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

    internal ConvolutionStep(Conv2D layer, int layerIndex, JoinedLayers joined, BufferPlan input, BufferPlan output, NumericMode mode)
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
        winograd = new WinogradForward<TVector, TSimd>(shape, inputs, panels);
        input.RequireMargins(shape.InputMargins(input.Shape, margins));
    }

    internal override void Load(NetworkWeights weights)
    {
        this.weights.Load(weights);
        winograd?.Prepare(this.weights.Weights);
    }

    internal override void Run(Workspace workspace, int count)
    {
        ImageLayout x = input.Layout, y = output.Layout;
        nint corner = -margins.Top * (nint)x.RowStride - margins.Left * (nint)x.PixelStride;
        ForwardEpilogue<TVector, TSimd> epilogue = weights.Epilogue;
        if (winograd is not null)
        {
            winograd.Run(workspace.Values(input, 0) + corner, x, workspace.Values(output, 0), y, count, epilogue);
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
                workspace.Values(input, n) + corner, weights.Weights, workspace.Values(output, n), epilogue);
        }
    }

    public override void Dispose()
    {
        winograd?.Dispose();
        weights.Dispose();
        base.Dispose();
    }
}

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
            forward.Run(part, count, workspace.Values(input, 0), weights.Weights, workspace.Values(output, 0), weights.Epilogue);
        }
    }

    public override void Dispose()
    {
        weights.Dispose();
        base.Dispose();
    }
}
