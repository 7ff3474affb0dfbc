using DigitML.Engine;
using DigitML.Engine.Cpu;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Learning;

/// <summary>The promises of a training run on the device that people use.</summary>
public sealed class TrainerOnCpuTests : IDisposable
{
    private static readonly TrainingPlan Plan = new(
        8, 16, new Adam(), new OneCycle(0.02f), LabelSmoothing: 0.05f, Augmentation: new Augmentation(ShiftPixels: 1, Probability: 0.5f), AveragingDecay: 0.95f,
        KeepBestEpoch: true);

    private static readonly DigitDataset Training = Stripes.Rows(400, seed: 1), Validation = Stripes.Rows(100, seed: 2);

    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_small_problem_is_learned()
    {
        TrainingResult result = Fit(threads: 0);
        Assert.InRange(result.History[result.BestEpoch - 1].ValidationAccuracy!.Value, 0.95, 1);
    }

    [Fact]
    public void One_seed_gives_the_same_bytes_with_1_2_and_3_threads()
    {
        float[] one = Values(Fit(threads: 1));
        Assert.Equal(one, Values(Fit(threads: 2)));
        Assert.Equal(one, Values(Fit(threads: 3)));
    }

    [Fact]
    public void A_resumed_run_ends_in_the_same_bytes_as_one_that_was_not_interrupted()
    {
        using var source = new CancellationTokenSource();
        Fit(threads: 1, [new CheckpointObserver(path), new CancelAfter(source, epoch: 3)], cancellation: source.Token);
        Checkpoint checkpoint = Checkpoint.Read(path, Stripes.Network, Plan);
        Assert.Equal(3, checkpoint.Epoch);
        Assert.Equal(Values(Fit(threads: 1)), Values(Fit(threads: 2, resumeFrom: checkpoint)));
    }

    [Theory]
    [InlineData(256, NumericMode.Balanced, "cpu-256-balanced")]
    [InlineData(512, NumericMode.Exact, "cpu-512-exact")]
    public void A_run_is_not_resumed_in_another_arithmetic(int vectorBits, NumericMode mode, string arithmetic)
    {
        var checkpoints = new FitOptions { Observers = [new CheckpointObserver(path)] };
        TrainingPlan plan = Plan with { Epochs = 1, KeepBestEpoch = false };
        using var began = new CpuDevice(threads: 1, vectorBits: 512);
        using var other = new CpuDevice(threads: 1, vectorBits, mode);
        new Trainer(began).Fit(Stripes.Network, Training, plan, checkpoints);
        Checkpoint checkpoint = Checkpoint.Read(path, Stripes.Network, plan);
        string message = Assert.Throws<DigitMLException>(() => new Trainer(other).Fit(Stripes.Network, Training, plan, new FitOptions { ResumeFrom = checkpoint })).Message;
        Assert.Equal(
            $"The checkpoint is from a run with the arithmetic cpu-512-balanced, but this device uses {arithmetic} and would end with different weights; " +
            "resume on a device that uses cpu-512-balanced, or start a new run.", message);
        Assert.InRange(message.Length, 1, 300);
        new Trainer(began).Fit(Stripes.Network, Training, plan, new FitOptions { ResumeFrom = checkpoint });
    }

    private static TrainingResult Fit(int threads, ITrainingObserver[]? observers = null, Checkpoint? resumeFrom = null, CancellationToken cancellation = default)
    {
        using var device = new CpuDevice(threads);
        return new Trainer(device).Fit(
            Stripes.Network, Training, Plan, new FitOptions { Validation = Validation, Observers = observers ?? [], ResumeFrom = resumeFrom, Cancellation = cancellation });
    }

    private static float[] Values(TrainingResult result) => [.. result.Weights.Tensors.SelectMany(tensor => tensor.Values)];

    private sealed class CancelAfter(CancellationTokenSource source, int epoch) : ITrainingObserver
    {
        public void EpochEnded(EpochReport report, Checkpoint checkpoint)
        {
            if (report.Epoch == epoch) source.Cancel();
        }
    }
}
