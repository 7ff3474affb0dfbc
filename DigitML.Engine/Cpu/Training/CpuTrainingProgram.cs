using DigitML.Engine.Cpu.Parameters;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Threading;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Randomness;

namespace DigitML.Engine.Cpu.Training;

/// <summary>A network compiled for training at one vector width.</summary>
internal sealed unsafe class CpuTrainingProgram<TVector, TSimd> : ITrainingProgram
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly Network network;
    private readonly TrainingProgramOptions options;
    private readonly SharedBuffers buffers = new();
    private readonly CompiledTraining compiled;
    private readonly TrainingParameters parameters;
    private readonly ParameterUpdate<TVector, TSimd> update;
    private readonly Schedule forward, backward;
    private readonly Action<SampleRange> copyInput;
    private Minibatch? current;
    private long step;
    private bool isDisposed;

    internal CpuTrainingProgram(Network network, TrainingProgramOptions options, WorkerTeam team, WinogradLimits limits)
    {
        this.network = network;
        this.options = options;
        var store = new ParameterStore();
        var compiler = new TrainingCompiler<TVector, TSimd>(
            network, store, limits, buffers, (layer, index) => new DropoutMask(layer.Rate, options.Seed, step, index));
        compiled = compiler.Compile();
        store.LayOut();
        parameters = new TrainingParameters(store, options.Optimizer.SlotCount, options.AveragingDecay is not null);
        compiler.Bind(parameters);
        copyInput = CopyInput;
        forward = new Schedule(team);
        backward = new Schedule(team);
        AddPhases();
        foreach (Activation activation in compiled.Activations) activation.Allocate(options.BatchSize);
        foreach (TrainingOperation operation in compiled.Operations) operation.Allocate(options.BatchSize);
        buffers.Allocate();
        update = new ParameterUpdate<TVector, TSimd>(parameters, options, team, compiled.Operations.SelectMany(operation => operation.DeferredGradients));
    }

    public void Forward(Minibatch minibatch)
    {
        ArgumentNullException.ThrowIfNull(minibatch);
        ThrowIfDisposed();
        if (minibatch.Count < 1 || minibatch.Count > options.BatchSize)
        {
            throw new ArgumentException($"The minibatch has {minibatch.Count} samples; the program takes 1 to {options.BatchSize}.", nameof(minibatch));
        }

        current = minibatch;
        forward.Run(minibatch.Count);
    }

    public MinibatchLoss Loss() => SoftmaxCrossEntropy.Run(compiled.Logits, Current, forward.Slots);

    public void Backward() => backward.Run(Current.Count);

    public void Step(float learningRate)
    {
        ThrowIfDisposed();
        update.Run(learningRate, step);
        step++;
    }

    public void Load(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ThrowIfDisposed();
        step = state.Step;
        parameters.Store.Pack(state.Weights, parameters.Weights.Span);
        for (int i = 0; i < parameters.Slots.Length; i++) parameters.Store.Pack(state.OptimizerSlots[i], parameters.Slots[i].Span);
        if (parameters.Averaged is not null) parameters.Store.Pack(state.AveragedWeights!, parameters.Averaged.Span);
    }

    public void Save(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ThrowIfDisposed();
        state.Step = step;
        parameters.Store.Unpack(parameters.Weights.Span, state.Weights);
        for (int i = 0; i < parameters.Slots.Length; i++) parameters.Store.Unpack(parameters.Slots[i].Span, state.OptimizerSlots[i]);
        if (parameters.Averaged is not null) parameters.Store.Unpack(parameters.Averaged.Span, state.AveragedWeights!);
    }

    public void Dispose()
    {
        if (isDisposed) return;
        isDisposed = true;
        foreach (TrainingOperation operation in compiled.Operations) operation.Dispose();
        foreach (Activation activation in compiled.Activations) activation.Dispose();
        buffers.Dispose();
        parameters.Dispose();
    }

    private Minibatch Current
    {
        get
        {
            ThrowIfDisposed();
            return current ?? throw new InvalidOperationException("There is no minibatch at work; run the forward pass first.");
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(isDisposed, typeof(ITrainingProgram));

    private void AddPhases()
    {
        forward.PerSample(copyInput, [compiled.Input.ValueImages]);
        compiled.Logits.ValueImages.UseIn(null);
        compiled.Logits.GradientImages.UseIn(null);
        foreach (TrainingOperation operation in compiled.Operations) operation.AddForward(forward);
        foreach (TrainingOperation operation in compiled.Operations.Reverse()) operation.AddBackward(backward);
        TrainingOperation[] reduced = [.. compiled.Operations.Where(operation => operation.HasGradients)];
        backward.InParts(() => reduced.Length, part => reduced[part].ReduceGradients(backward.ActiveSlots));
    }

    private void CopyInput(SampleRange range)
    {
        Activation input = compiled.Input;
        float[] images = current!.Images;
        for (int n = range.First; n < range.End; n++)
        {
            ReadOnlySpan<float> image = images.AsSpan(n * network.InputShape.Size, network.InputShape.Size);
            input.Values.CopyFromPlanes(image, input.ValuesOf(n));
        }
    }
}
