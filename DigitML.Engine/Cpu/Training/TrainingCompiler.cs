using DigitML.Engine.Cpu.Compilation;
using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Parameters;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Networks;
using DigitML.Engine.Randomness;

namespace DigitML.Engine.Cpu.Training;

/// <summary>
/// Turns the layers of a network into operations: a ReLU is fused into the layer before it, batch norm into the convolution after it if that reads no
/// padding, and layers that can work in place do so.
/// </summary>
internal sealed class TrainingCompiler<TVector, TSimd> : ILayerVisitor<int, Activation>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly Network network;
    private readonly ParameterStore store;
    private readonly WinogradLimits limits;
    private readonly SharedBuffers buffers;
    private readonly Func<Dropout, int, DropoutMask> dropoutMask;
    private readonly List<Activation> activations = [];
    private readonly List<TrainingOperation> operations = [];
    private readonly List<Action<TrainingParameters>> bindings = [];
    private readonly HashSet<int> joined = [];
    private Activation current;
    private BatchNormOperation<TVector, TSimd>? pendingNorm;

    /// <param name="network">The layers.</param>
    /// <param name="store">Receives their parameters.</param>
    /// <param name="limits">How convolutions are computed.</param>
    /// <param name="buffers">Buffers for all layers.</param>
    /// <param name="dropoutMask">The mask of a dropout layer (and its index) in the current step.</param>
    internal TrainingCompiler(Network network, ParameterStore store, WinogradLimits limits, SharedBuffers buffers, Func<Dropout, int, DropoutMask> dropoutMask)
    {
        this.network = network;
        this.store = store;
        this.limits = limits;
        this.buffers = buffers;
        this.dropoutMask = dropoutMask;
        current = NewImages(network.InputShape);
    }

    /// <summary>Compiles all layers.</summary>
    internal CompiledTraining Compile()
    {
        Activation input = current;
        for (int i = 0; i < network.Layers.Length; i++)
        {
            if (!joined.Contains(i)) current = network.Layers[i].Layer.Accept(this, i);
        }

        // The loss writes a gradient for every class, so the logits must be a vector as it stands.
        if (!network.Layers[^1].OutputShape.Equals(current.Shape)) current = Copy(current, network.OutputShape);
        return new CompiledTraining(input, current, [.. activations], [.. operations]);
    }

    /// <summary>Gives operations the arrays of their parameters.</summary>
    internal void Bind(TrainingParameters parameters)
    {
        foreach (Action<TrainingParameters> bind in bindings) bind(parameters);
    }

    public Activation Visit(Conv2D layer, int index)
    {
        Activation output = NewOutput(index);
        output.IsRectified = JoinRelu(index);
        var operation = new ConvolutionOperation<TVector, TSimd>(layer, network.Layers[index], index, current, output, store, pendingNorm, limits, buffers);
        pendingNorm = null;
        bindings.Add(parameters => operation.Parameters = parameters);
        operations.Add(operation);
        return output;
    }

    public Activation Visit(MaxPool2D layer, int index) => Pool(index, layer.PoolSize, layer.Stride, layer.Padding, isMax: true);

    public Activation Visit(AveragePool2D layer, int index) => Pool(index, layer.PoolSize, layer.Stride, layer.Padding, isMax: false);

    public Activation Visit(GlobalAveragePool2D layer, int index) =>
        Pool(index, new Size2D(current.Shape.Height, current.Shape.Width), 1, Padding.Valid, isMax: false);

    public Activation Visit(Dense layer, int index)
    {
        Activation output = NewOutput(index);
        output.IsRectified = JoinRelu(index);
        var operation = new DenseOperation<TVector, TSimd>(layer, network.Layers[index], index, current, output, store);
        bindings.Add(parameters => operation.Parameters = parameters);
        operations.Add(operation);
        return output;
    }

    public Activation Visit(BatchNorm layer, int index)
    {
        bool absorbed = IsConvolutionWithoutPadding(index + 1);
        Activation output = absorbed ? current : NewOutput(index);
        if (!absorbed) output.IsRectified = JoinRelu(index);
        var operation = new BatchNormOperation<TVector, TSimd>(layer, network.Layers[index], index, current, output, store);
        if (absorbed) pendingNorm = operation;
        bindings.Add(parameters => operation.Parameters = parameters);
        operations.Add(operation);
        return output;
    }

    public Activation Visit(ReLU layer, int index)
    {
        operations.Add(new ReluOperation<TVector, TSimd>(current));
        return current;
    }

    public Activation Visit(Dropout layer, int index)
    {
        if (layer.Rate > 0) operations.Add(new DropoutOperation<TVector, TSimd>(current, () => dropoutMask(layer, index)));
        return current;
    }

    public Activation Visit(Flatten layer, int index) => network.DenseReadsFrom(index + 1) ? current : Copy(current, network.Layers[index].OutputShape);

    public Activation Visit(Softmax layer, int index) => current;

    public Activation Visit(Resizing layer, int index)
    {
        Activation output = NewImages(network.Layers[index].OutputShape);
        operations.Add(new ResizingOperation(current, output));
        return output;
    }

    private Activation Pool(int index, Size2D window, Size2D stride, Padding padding, bool isMax)
    {
        Activation output = NewOutput(index);
        Margins margins = padding.Resolve(current.Shape.Height, current.Shape.Width, window, stride);
        var geometry = new PoolingGeometry(window, stride, margins);
        operations.Add(isMax && TiledMaxPoolingOperation<TVector, TSimd>.Fits(geometry, current.Shape)
            ? new TiledMaxPoolingOperation<TVector, TSimd>(current, output, window)
            : new PoolingOperation<TVector, TSimd>(current, output, geometry, isMax));
        return output;
    }

    private Activation Copy(Activation input, Shape shape)
    {
        Activation output = New(shape, ImageLayout.RoundUp(shape.Channels, TSimd.Lanes));
        operations.Add(new FlattenOperation(input, output));
        return output;
    }

    private Activation NewOutput(int index)
    {
        Shape shape = network.Layers[index].OutputShape;
        return New(shape, ImageLayout.RoundUp(shape.Channels, TSimd.Lanes));
    }

    // The images that the first layer with parameters reads, and those that they are scaled from.
    private Activation NewImages(Shape shape)
    {
        Activation input = New(shape, network.FirstReadsSingleValues() ? shape.Channels : ImageLayout.RoundUp(shape.Channels, TSimd.Lanes));
        input.NeedsGradient = false;
        return input;
    }

    private Activation New(Shape shape, int pixelStride)
    {
        var activation = new Activation(shape, pixelStride);
        activations.Add(activation);
        return activation;
    }

    private bool JoinRelu(int index)
    {
        bool follows = index + 1 < network.Layers.Length && network.Layers[index + 1].Layer is ReLU;
        if (follows) joined.Add(index + 1);
        return follows;
    }

    private bool IsConvolutionWithoutPadding(int index)
    {
        if (index >= network.Layers.Length || network.Layers[index].Layer is not Conv2D convolution) return false;
        Shape input = network.Layers[index].InputShape;
        return convolution.Padding.Resolve(input.Height, input.Width, convolution.KernelSize, convolution.Stride) == default;
    }
}
