using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Threading;
using DigitML.Engine.Devices;
using DigitML.Engine.Optimizers;

namespace DigitML.Engine.Cpu.Training;

/// <summary>Runs the optimizer over all parameters, in parts that do not depend on the number of threads, and keeps the averaged weights.</summary>
internal sealed unsafe class ParameterUpdate<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private const int PartLength = 16 * 1024;

    private readonly TrainingParameters parameters;
    private readonly TrainingProgramOptions options;
    private readonly WorkerTeam team;
    private readonly DeferredGradient[] deferred;
    private readonly (int First, int End)[] parts;
    private readonly Action<int> runPart;
    private float learningRate;
    private long step;

    internal ParameterUpdate(TrainingParameters parameters, TrainingProgramOptions options, WorkerTeam team, IEnumerable<DeferredGradient> deferredGradients)
    {
        this.parameters = parameters;
        this.options = options;
        this.team = team;
        deferred = [.. deferredGradients];
        parts = [.. PartsBeside(deferred, parameters.Store.Length)];
        runPart = RunPart;
    }

    /// <summary>Applies the gradients. <paramref name="stepsBefore"/> is the number of steps done so far.</summary>
    internal void Run(float rate, long stepsBefore)
    {
        learningRate = rate;
        step = stepsBefore;
        team.Run(deferred.Length + parts.Length, runPart);
    }

    private static IEnumerable<(int First, int End)> PartsBeside(DeferredGradient[] deferred, int length)
    {
        int first = 0;
        foreach ((int start, int skipped) in deferred.OrderBy(gradient => gradient.First).Select(gradient => (gradient.First, gradient.Length)).Append((length, 0)))
        {
            for (; first < start; first += PartLength) yield return (first, Math.Min(first + PartLength, start));
            first = start + skipped;
        }
    }

    private void RunPart(int index)
    {
        if (index < deferred.Length)
        {
            DeferredGradient gradient = deferred[index];
            float* values = stackalloc float[gradient.Length];
            gradient.Write(values);
            Update(gradient.First, gradient.First + gradient.Length, values);
        }
        else
        {
            (int first, int end) = parts[index - deferred.Length];
            Update(first, end, parameters.Gradients.Pointer + first);
        }
    }

    private void Update(int first, int end, float* gradients)
    {
        int weightEnd = Math.Min(end, parameters.Store.WeightLength), trainableEnd = Math.Min(end, parameters.Store.TrainableLength);
        Optimize(first, weightEnd, gradients, 1 - learningRate * options.Optimizer.WeightDecay);
        int otherFirst = Math.Max(first, parameters.Store.WeightLength);
        Optimize(otherFirst, trainableEnd, gradients + otherFirst - first, decay: 1);
        if (parameters.Averaged is not null)
        {
            float decay = Math.Min(options.AveragingDecay!.Value, (2f + step) / (11f + step));
            OptimizerStep<TVector, TSimd>.Average(parameters.Averaged.Pointer + first, parameters.Weights.Pointer + first, end - first, decay);
        }
    }

    private void Optimize(int first, int end, float* gradients, float decay)
    {
        if (first >= end) return;
        var kernel = new OptimizerStep<TVector, TSimd>(parameters.Weights.Pointer + first, gradients, end - first, learningRate, decay);
        switch (options.Optimizer)
        {
            case Adam adam:
                kernel.Run(adam, Slot(0) + first, Slot(1) + first, step + 1);
                break;
            case RmsProp rmsProp:
                kernel.Run(rmsProp, Slot(0) + first);
                break;
            case Sgd sgd:
                kernel.Run(sgd, sgd.SlotCount == 0 ? null : Slot(0) + first);
                break;
            default:
                throw new NotSupportedException($"The CPU device has no kernel for the optimizer {options.Optimizer.GetType().Name}.");
        }
    }

    private float* Slot(int index) => parameters.Slots[index].Pointer;
}
