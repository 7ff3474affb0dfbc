using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Threading;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>A network compiled for prediction at one vector width. A few samples at a time go through all steps in one thread.</summary>
internal sealed unsafe class CpuInferenceProgram<TVector, TSimd> : IInferenceProgram
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private const int SamplesPerPart = 8;

    private readonly WorkerTeam team;
    private readonly InferenceStep[] steps;
    private readonly BufferPlan input, logits;
    private readonly Pool<Workspace> workspaces;
    private readonly Pool<Batch> batches;
    private readonly int inputSize, classCount;

    internal CpuInferenceProgram(NetworkWeights weights, WorkerTeam team, NumericMode mode)
    {
        this.team = team;
        var compiler = new InferenceCompiler<TVector, TSimd>(weights.Network, mode);
        steps = compiler.Compile();
        input = compiler.Input;
        logits = compiler.Logits;
        inputSize = weights.Network.InputShape.Size;
        classCount = weights.Network.ClassCount;
        workspaces = new Pool<Workspace>(() => new Workspace(compiler.Plans, compiler.Strips, SamplesPerPart));
        batches = new Pool<Batch>(() => new Batch(this));
        Load(weights);
    }

    public void Load(NetworkWeights weights)
    {
        foreach (InferenceStep step in steps) step.Load(weights);
    }

    public void Predict(ReadOnlySpan<float> images, int count, Span<float> scores)
    {
        if (images.Length < count * inputSize) throw new ArgumentException($"{count} samples need {count * inputSize} values, not {images.Length}.", nameof(images));
        if (scores.Length < count * classCount) throw new ArgumentException($"{count} samples give {count * classCount} scores; there is room for {scores.Length}.", nameof(scores));
        Batch batch = batches.Take();
        fixed (float* image = images, score = scores)
        {
            batch.Images = image;
            batch.Scores = score;
            batch.Count = count;
            team.Run((count + SamplesPerPart - 1) / SamplesPerPart, batch.RunPart);
        }

        batches.Return(batch);
    }

    public void Dispose()
    {
        foreach (InferenceStep step in steps) step.Dispose();
        while (workspaces.TryTake(out Workspace? workspace)) workspace.Dispose();
    }

    private void RunPart(float* images, float* scores, int count)
    {
        Workspace workspace = workspaces.Take();
        for (int n = 0; n < count; n++)
        {
            input.Layout.CopyFromPlanes(new ReadOnlySpan<float>(images + n * (nint)inputSize, inputSize), workspace.Values(input, n));
        }

        foreach (InferenceStep step in steps) step.Run(workspace, count);
        for (int n = 0; n < count; n++)
        {
            Softmax(new ReadOnlySpan<float>(workspace.Values(logits, n), classCount), new Span<float>(scores + n * (nint)classCount, classCount));
        }

        workspaces.Return(workspace);
    }

    private static void Softmax(ReadOnlySpan<float> logits, Span<float> scores)
    {
        double largest = float.NegativeInfinity, sum = 0;
        foreach (float logit in logits) largest = Math.Max(largest, logit);
        foreach (float logit in logits) sum += Math.Exp(logit - largest);
        for (int k = 0; k < scores.Length; k++) scores[k] = (float)(Math.Exp(logits[k] - largest) / sum);
    }

    // One call's arguments, with a delegate made once, so that a prediction allocates nothing.
    private sealed class Batch
    {
        internal Batch(CpuInferenceProgram<TVector, TSimd> program) => RunPart = part =>
        {
            int first = part * SamplesPerPart;
            program.RunPart(
                Images + first * (nint)program.inputSize, Scores + first * (nint)program.classCount, Math.Min(SamplesPerPart, Count - first));
        };

        internal float* Images { get; set; }

        internal float* Scores { get; set; }

        internal int Count { get; set; }

        internal Action<int> RunPart { get; }
    }
}
