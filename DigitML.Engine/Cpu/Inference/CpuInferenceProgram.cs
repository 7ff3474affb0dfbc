using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Threading;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Devices;
using DigitML.Engine.Memory;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>A network compiled for prediction at one vector width.</summary>
internal sealed unsafe class CpuInferenceProgram<TVector, TSimd> : IInferenceProgram
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    // Larger batches are split into chunks of this size, so that memory does not grow with them.
    private const int MostSamples = 128;

    private readonly WorkerTeam team;
    private readonly InferenceCompiler<TVector, TSimd> compiled;
    private readonly InferenceStage<TVector, TSimd>[] stages;
    private readonly Pool<Workspace> workspaces;
    private readonly Pool<Batch> batches;
    private readonly int inputSize, classCount;
    private volatile bool isDisposed;

    internal CpuInferenceProgram(NetworkWeights weights, WorkerTeam team, WinogradLimits limits)
    {
        this.team = team;
        compiled = new InferenceCompiler<TVector, TSimd>(Fold(weights).Network, limits);
        stages = compiled.Compile();
        inputSize = weights.Network.InputShape.Size;
        classCount = weights.Network.ClassCount;
        workspaces = new Pool<Workspace>(() => new Workspace(compiled.Plans, compiled.Strips));
        batches = new Pool<Batch>(() => new Batch(this));
        Load(weights);
    }

    public void Load(NetworkWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ThrowIfDisposed();
        compiled.Load(Fold(weights));
    }

    public void Predict(ReadOnlySpan<float> images, int count, Span<float> scores)
    {
        ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long values = (long)count * inputSize, results = (long)count * classCount;
        if (images.Length < values) throw new ArgumentException($"{count} samples need {values} values, not {images.Length}.", nameof(images));
        if (scores.Length < results) throw new ArgumentException($"{count} samples give {results} scores; there is room for {scores.Length}.", nameof(scores));
        Batch batch = batches.Take();
        fixed (float* image = images, score = scores)
        {
            for (int first = 0; first < count; first += MostSamples)
            {
                batch.Run(image + first * (nint)inputSize, score + first * (nint)classCount, Math.Min(MostSamples, count - first));
            }
        }

        batches.Return(batch);
    }

    public void Dispose()
    {
        if (isDisposed) return;
        isDisposed = true;
        compiled.Dispose();
        while (workspaces.TryTake(out Workspace? workspace)) workspace.Dispose();
        while (batches.TryTake(out Batch? batch)) batch.Dispose();
    }

    // Folded into the layer after it, a batch norm would round differently from training; kernels apply it as they write, at no cost.
    private static NetworkWeights Fold(NetworkWeights weights) => InferenceForm.Of(weights, intoNextLayer: false).Weights;

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(isDisposed, typeof(IInferenceProgram));

    private static void Softmax(ReadOnlySpan<float> logits, Span<float> scores)
    {
        double largest = float.NegativeInfinity, sum = 0;
        foreach (float logit in logits) largest = Math.Max(largest, logit);
        foreach (float logit in logits) sum += Math.Exp(logit - largest);
        for (int k = 0; k < scores.Length; k++) scores[k] = (float)(Math.Exp(logits[k] - largest) / sum);
    }

    // One call's arguments and the batch's values, with delegates created once, so that a prediction allocates nothing.
    private sealed class Batch : IDisposable
    {
        private readonly CpuInferenceProgram<TVector, TSimd> program;
        private readonly BatchBuffers buffers;
        private readonly Action<int> runSamples, runDense;
        private InferenceStage<TVector, TSimd> stage;
        private float* images;
        private int count, parts;

        internal Batch(CpuInferenceProgram<TVector, TSimd> program)
        {
            this.program = program;
            buffers = new BatchBuffers(program.compiled.Plans, MostSamples);
            stage = program.stages[0];
            runSamples = RunSamples;
            runDense = part => stage.Dense!.Run(buffers, part, count);
        }

        internal void Run(float* image, float* scores, int samples)
        {
            images = image;
            count = samples;

            // The same number of parts per thread, all of nearly the same size.
            int threads = program.team.Threads;
            parts = Math.Min(samples, threads * ((samples + threads * InferencePhase.SamplesPerPart - 1) / (threads * InferencePhase.SamplesPerPart)));
            foreach (InferenceStage<TVector, TSimd> next in program.stages)
            {
                stage = next;
                if (next.Dense is null) program.team.Run(parts, runSamples);
                else program.team.Run(next.Dense.Parts(count), runDense);
            }

            for (int n = 0; n < samples; n++)
            {
                float* logits = buffers.Values(program.compiled.Logits, n);
                Softmax(new ReadOnlySpan<float>(logits, program.classCount), new Span<float>(scores + n * (nint)program.classCount, program.classCount));
            }
        }

        public void Dispose() => buffers.Dispose();

        private void RunSamples(int part)
        {
            int first = count * part / parts, end = count * (part + 1) / parts;
            Workspace workspace = program.workspaces.Take();
            workspace.WorkOn(buffers, first);
            if (ReferenceEquals(stage, program.stages[0])) workspace.Images = images + first * (nint)program.inputSize;
            foreach (InferencePhase phase in stage.Phases) phase.Run(workspace, end - first);
            program.workspaces.Return(workspace);
        }
    }
}
