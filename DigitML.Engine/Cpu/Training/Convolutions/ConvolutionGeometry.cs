using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>A convolution between two activations: the data that every algorithm for it needs.</summary>
internal sealed unsafe class ConvolutionGeometry
{
    internal ConvolutionGeometry(Conv2D layer, Activation input, Activation output, bool readsNormalized, int lanes)
    {
        MasksGradient = input.IsRectified && !readsNormalized;
        Layer = layer;
        Input = input;
        Output = output;
        Margins = layer.Padding.Resolve(input.Shape.Height, input.Shape.Width, layer.KernelSize, layer.Stride);
        Panels = PanelLayout.Create(Taps * Inputs, Outputs, lanes);
        MirroredPanels = PanelLayout.Create(Taps * Outputs, Inputs, lanes);
    }

    internal Conv2D Layer { get; }

    internal Activation Input { get; }

    internal Activation Output { get; }

    /// <summary>The padding.</summary>
    internal Margins Margins { get; }

    /// <summary>The packed weights: rows run over (kh, kw, input channel).</summary>
    internal PanelLayout Panels { get; }

    /// <summary>The weights of the input gradient: rows run over (kh, kw, output channel) backwards.</summary>
    internal PanelLayout MirroredPanels { get; }

    /// <summary>Input channels.</summary>
    internal int Inputs => Input.Shape.Channels;

    /// <summary>Output channels.</summary>
    internal int Outputs => Output.Shape.Channels;

    /// <summary>Values of a filter in one channel.</summary>
    internal int Taps => Layer.KernelSize.Height * Layer.KernelSize.Width;

    /// <summary>True if the input gradient continues through a ReLU; if batch norm is in between, it does so after batch norm.</summary>
    internal bool MasksGradient { get; }

    /// <summary>The input's values if its gradient is masked by them, for a <see cref="Kernels.GradientEpilogue{TVector, TSimd}"/>.</summary>
    internal float* MaskOf(int sample) => MasksGradient ? Input.ValuesOf(sample) : null;

    /// <summary>The window of a sample's output pixel (0, 0).</summary>
    internal float* Window(int sample) =>
        Input.ValuesOf(sample) - Margins.Top * (nint)Input.Values.RowStride - Margins.Left * (nint)Input.Values.PixelStride;
}
