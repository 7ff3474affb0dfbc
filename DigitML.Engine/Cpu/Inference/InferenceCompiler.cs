using DigitML.Engine.Cpu.Compilation;
using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>
/// Turns the layers of an <see cref="InferenceForm"/> into steps: a ReLU and a batch norm after it are fused into the convolution or dense layer before them.
/// </summary>
internal sealed class InferenceCompiler<TVector, TSimd> : ILayerVisitor<int, BufferPlan>, IDisposable
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly Network network;
    private readonly WinogradLimits limits;
    private readonly List<BufferPlan> plans = [];
    private readonly List<InferenceStage<TVector, TSimd>> stages = [];
    private readonly List<InferenceStep> steps = [];
    private readonly List<DenseStep<TVector, TSimd>> denseSteps = [];
    private List<InferencePhase> phases = [];
    private readonly HashSet<int> folded = [];
    private BufferPlan current;

    internal InferenceCompiler(Network network, WinogradLimits limits)
    {
        this.network = network;
        this.limits = limits;
        current = NewImages(network.InputShape);
    }

    /// <summary>The buffer of the logits.</summary>
    internal BufferPlan Logits => current;

    /// <summary>All buffers a workspace needs.</summary>
    internal IReadOnlyList<BufferPlan> Plans => plans;

    /// <summary>Workspace that Winograd convolutions need.</summary>
    internal WinogradStripPlan Strips { get; } = new();

    /// <summary>Compiles all layers.</summary>
    internal InferenceStage<TVector, TSimd>[] Compile()
    {
        Add(new InputStep(current));
        for (int i = 0; i < network.Layers.Length; i++)
        {
            if (!folded.Contains(i)) current = network.Layers[i].Layer.Accept(this, i);
        }

        if (!network.OutputShape.Equals(current.Shape)) current = Copy(network.OutputShape);
        current.KeepBatch();
        EndStage(dense: null);
        foreach (BufferPlan plan in plans) plan.LayOut();
        return [.. stages];
    }

    /// <summary>Gives all steps their weights.</summary>
    internal void Load(NetworkWeights weights)
    {
        foreach (InferenceStep step in steps) step.Load(weights);
        foreach (DenseStep<TVector, TSimd> step in denseSteps) step.Load(weights);
    }

    public void Dispose()
    {
        foreach (InferenceStep step in steps) step.Dispose();
        foreach (DenseStep<TVector, TSimd> step in denseSteps) step.Dispose();
    }

    public BufferPlan Visit(Conv2D layer, int index)
    {
        BufferPlan output = NewOutput(index);
        Add(new ConvolutionStep<TVector, TSimd>(layer, index, Join(index), current, output, limits, Strips));
        return output;
    }

    public BufferPlan Visit(MaxPool2D layer, int index) => Pool(index, layer.PoolSize, layer.Stride, layer.Padding, isMax: true);

    public BufferPlan Visit(AveragePool2D layer, int index) => Pool(index, layer.PoolSize, layer.Stride, layer.Padding, isMax: false);

    public BufferPlan Visit(GlobalAveragePool2D layer, int index) =>
        Pool(index, new Size2D(current.Shape.Height, current.Shape.Width), 1, Padding.Valid, isMax: false);

    public BufferPlan Visit(Dense layer, int index)
    {
        BufferPlan output = NewOutput(index);
        EndStage(new DenseStep<TVector, TSimd>(layer, index, Join(index), current, output));
        return output;
    }

    public BufferPlan Visit(BatchNorm layer, int index)
    {
        Add(new BatchNormStep<TVector, TSimd>(index, current));
        return current;
    }

    public BufferPlan Visit(ReLU layer, int index)
    {
        Add(new ReluStep<TVector, TSimd>(current));
        return current;
    }

    public BufferPlan Visit(Dropout layer, int index) => current;

    public BufferPlan Visit(Flatten layer, int index) => network.DenseReadsFrom(index + 1) ? current : Copy(network.Layers[index].OutputShape);

    public BufferPlan Visit(Softmax layer, int index) => current;

    public BufferPlan Visit(Resizing layer, int index)
    {
        BufferPlan output = NewImages(network.Layers[index].OutputShape);
        Add(new ResizingStep(current, output));
        return output;
    }

    private BufferPlan Pool(int index, Size2D window, Size2D stride, Padding padding, bool isMax)
    {
        BufferPlan output = NewOutput(index);
        Margins margins = padding.Resolve(current.Shape.Height, current.Shape.Width, window, stride);
        Add(new PoolingStep<TVector, TSimd>(current, output, new PoolingGeometry(window, stride, margins), isMax));
        return output;
    }

    private BufferPlan Copy(Shape shape)
    {
        BufferPlan output = New(shape, ImageLayout.RoundUp(shape.Channels, TSimd.Lanes));
        Add(new FlattenStep(current, output));
        return output;
    }

    private void Add(InferenceStep step)
    {
        steps.Add(step);
        if (phases.Count == 0 || !phases[^1].HasRoomFor(step)) phases.Add(new InferencePhase());
        phases[^1].Add(step);
    }

    private void EndStage(DenseStep<TVector, TSimd>? dense)
    {
        if (phases.Count > 0) stages.Add(new InferenceStage<TVector, TSimd>([.. phases], Dense: null));
        phases = [];
        if (dense is null) return;
        denseSteps.Add(dense);
        stages.Add(new InferenceStage<TVector, TSimd>([], dense));
    }

    private FoldedLayers Join(int index)
    {
        bool rectify = JoinIf<ReLU>(index + 1), hasNorm = rectify && JoinIf<BatchNorm>(index + 2);
        return new FoldedLayers(rectify, hasNorm ? index + 2 : -1);
    }

    private bool JoinIf<TLayer>(int index) where TLayer : Layer =>
        index < network.Layers.Length && network.Layers[index].Layer is TLayer && folded.Add(index);

    // The input, and what it is scaled to.
    private BufferPlan NewImages(Shape shape) => New(shape, network.FirstReadsSingleValues() ? shape.Channels : ImageLayout.RoundUp(shape.Channels, TSimd.Lanes));

    private BufferPlan NewOutput(int index)
    {
        Shape shape = network.Layers[index].OutputShape;
        return New(shape, ImageLayout.RoundUp(shape.Channels, TSimd.Lanes));
    }

    private BufferPlan New(Shape shape, int paddedChannels)
    {
        var plan = new BufferPlan(plans.Count, shape, paddedChannels);
        plans.Add(plan);
        return plan;
    }
}
