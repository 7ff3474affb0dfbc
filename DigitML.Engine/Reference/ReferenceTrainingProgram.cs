using System.Collections.Immutable;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>
/// Training steps with the reference layers. Everything is computed in double precision; what is kept from step to step is rounded to single
/// precision after each step, so that saving and loading in between change nothing.
/// </summary>
internal sealed class ReferenceTrainingProgram(Network network, TrainingProgramOptions options) : ITrainingProgram
{
    private readonly ReferenceNetwork compiled = new(network, options.Optimizer.SlotCount);
    private long step;
    private ReferencePass pass;
    private ImmutableArray<ReferenceTensor> values;
    private ReferenceTensor? targets, dLogits, dInput;
    private int[] labels = [];

    /// <summary>N x K logits of the last forward pass.</summary>
    internal ReferenceTensor Logits => values[^1];

    /// <summary>Gradient of the loss with respect to the input, N x C x H x W, from the last backward pass.</summary>
    internal ReferenceTensor InputGradient => dInput ?? throw new InvalidOperationException("Run Backward before reading the gradient of the input.");

    /// <summary>The parameters with their gradients from the last backward pass, in the order of <see cref="NetworkWeights.Tensors"/>.</summary>
    internal IEnumerable<ReferenceParameter> Parameters => compiled.Parameters;

    /// <inheritdoc/>
    public void Forward(Minibatch minibatch)
    {
        pass = new ReferencePass(IsTraining: true, options.Seed, step);
        values = compiled.Forward(ReferenceTensor.From(minibatch.Images, minibatch.Count, network.InputShape), pass);
        targets = ReferenceTensor.From(minibatch.Targets, minibatch.Count, network.OutputShape);
        labels = [.. minibatch.Labels.AsSpan(0, minibatch.Count)];
    }

    /// <inheritdoc/>
    public MinibatchLoss Loss()
    {
        (MinibatchLoss loss, dLogits) = ReferenceCrossEntropy.Evaluate(Logits, targets!, labels);
        return loss;
    }

    /// <inheritdoc/>
    public void Backward() => dInput = compiled.Backward(values, dLogits!, pass);

    /// <inheritdoc/>
    public void Step(float learningRate)
    {
        step++;
        foreach (ReferenceParameter parameter in Parameters)
        {
            ReferenceOptimizer.Step(options.Optimizer, parameter, learningRate, step);
            Round(parameter.Values);
            foreach (double[] slot in parameter.Slots) Round(slot);
            if (options.AveragingDecay is float decay) Average(parameter, Math.Min(decay, (1.0 + step) / (10.0 + step)));
        }
    }

    /// <inheritdoc/>
    public void Load(TrainingState state)
    {
        step = state.Step;
        ForEach(state.Weights, parameter => parameter.Values, (tensor, own) => tensor.CopyTo(own, 0));
        for (int s = 0; s < state.OptimizerSlots.Length; s++)
        {
            ForEach(state.OptimizerSlots[s], parameter => parameter.Slots[s], (tensor, own) => tensor.CopyTo(own, 0));
        }

        if (state.AveragedWeights is not null) ForEach(state.AveragedWeights, parameter => parameter.Average, (tensor, own) => tensor.CopyTo(own, 0));
    }

    /// <inheritdoc/>
    public void Save(TrainingState state)
    {
        state.Step = step;
        ForEach(state.Weights, parameter => parameter.Values, Write);
        for (int s = 0; s < state.OptimizerSlots.Length; s++) ForEach(state.OptimizerSlots[s], parameter => parameter.Slots[s], Write);
        if (state.AveragedWeights is not null) ForEach(state.AveragedWeights, parameter => parameter.Average, Write);
    }

    /// <inheritdoc/>
    public void Dispose() { }

    private void ForEach(NetworkWeights weights, Func<ReferenceParameter, double[]> select, Action<float[], double[]> copy)
    {
        foreach (var (parameter, tensor) in Parameters.Zip(weights.Tensors)) copy(tensor.Values, select(parameter));
    }

    private static void Write(float[] tensor, double[] own)
    {
        for (int i = 0; i < own.Length; i++) tensor[i] = (float)own[i];
    }

    private static void Average(ReferenceParameter parameter, double decay)
    {
        double[] average = parameter.Average;
        for (int i = 0; i < average.Length; i++) average[i] = decay * average[i] + (1 - decay) * parameter.Values[i];
        Round(average);
    }

    private static void Round(double[] values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = (float)values[i];
    }
}
