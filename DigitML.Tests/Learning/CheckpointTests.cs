using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Learning;

public sealed class CheckpointTests : IDisposable
{
    // Everything that has state: slots, averages, a schedule that looks back, the best epoch, dropout, augmentation, batch norm.
    private static readonly TrainingPlan Plan = new(
        5, 8, new Adam(WeightDecay: 0.01f), new ReduceOnPlateau(0.02f, Factor: 0.5f, Patience: 1, MinDelta: 0.2), LabelSmoothing: 0.1f,
        Augmentation: new Augmentation(1, 10, 0.1f, 5), AveragingDecay: 0.9f, Seed: 3, KeepBestEpoch: true);

    private static readonly DigitDataset Training = Stripes.Rows(20, seed: 1), Validation = Stripes.Rows(10, seed: 2);

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    private string CheckpointPath => Path.Combine(folder, "checkpoint");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_resumed_run_ends_in_the_same_bytes_as_one_that_was_not_interrupted(int epochsBefore)
    {
        TrainingResult straight = Fit(Plan);
        using var source = new CancellationTokenSource();

        // Cancelled one step into the epoch after: that step is lost and done again.
        TrainingResult interrupted = Fit(Plan, [new CheckpointObserver(CheckpointPath), new CancelAt(source, epochsBefore + 1, step: 1)], cancellation: source.Token);
        Assert.Equal((StopReason.Cancelled, epochsBefore), (interrupted.StopReason, interrupted.History.Count));

        TrainingResult resumed = Fit(Plan, resumeFrom: Checkpoint.Read(CheckpointPath, Stripes.Network, Plan));
        AssertSame(straight, resumed);
    }

    [Theory]
    [InlineData("Sgd")]
    [InlineData("RmsProp")]
    public void Every_optimizer_resumes(string optimizer)
    {
        TrainingPlan plan = Plan with { Optimizer = optimizer == "Sgd" ? new Sgd(0.9f, Nesterov: true) : new RmsProp(), AveragingDecay = null, Epochs = 2 };
        using var source = new CancellationTokenSource();
        Fit(plan, [new CheckpointObserver(CheckpointPath), new CancelAt(source, 2, step: 2)], cancellation: source.Token);
        AssertSame(Fit(plan), Fit(plan, resumeFrom: Checkpoint.Read(CheckpointPath, Stripes.Network, plan)));
    }

    [Fact]
    public void A_finished_run_resumes_to_its_result_without_a_step()
    {
        TrainingResult straight = Fit(Plan, [new CheckpointObserver(CheckpointPath)]);
        AssertSame(straight, Fit(Plan, resumeFrom: Checkpoint.Read(CheckpointPath, Stripes.Network, Plan)));
    }

    [Fact]
    public void A_history_that_is_behind_its_checkpoint_is_written_again_on_a_resume()
    {
        TrainingResult straight = Fit(Plan, [new CheckpointObserver(CheckpointPath)]);
        string path = Path.Combine(folder, "history.csv");
        Fit(Plan, [new CsvHistory(path)], Checkpoint.Read(CheckpointPath, Stripes.Network, Plan));
        Assert.Equal(CsvHistory.Format(straight.History), File.ReadAllText(path));
    }

    [Fact]
    public void A_run_that_stopped_early_resumes_to_its_result_without_a_step()
    {
        TrainingPlan plan = Plan with { EarlyStopping = new EarlyStopping(MinDelta: 100, Patience: 1, RestoreBestWeights: true) };
        TrainingResult straight = Fit(plan, [new CheckpointObserver(CheckpointPath)]);
        Assert.Equal((StopReason.EarlyStopped, 2), (straight.StopReason, straight.History.Count));
        AssertSame(straight, Fit(plan, resumeFrom: Checkpoint.Read(CheckpointPath, Stripes.Network, plan)));
    }

    [Fact]
    public void A_checkpoint_can_be_resumed_twice()
    {
        using var source = new CancellationTokenSource();
        Fit(Plan, [new CheckpointObserver(CheckpointPath), new CancelAt(source, 2, step: 1)], cancellation: source.Token);
        Checkpoint checkpoint = Checkpoint.Read(CheckpointPath, Stripes.Network, Plan);
        AssertSame(Fit(Plan, resumeFrom: checkpoint), Fit(Plan, resumeFrom: checkpoint));
        Assert.Equal(1, checkpoint.Epoch);
    }

    [Fact]
    public void A_run_cancelled_in_its_first_epoch_has_its_first_weights_and_no_checkpoint()
    {
        using var source = new CancellationTokenSource();
        TrainingResult result = Fit(Plan, [new CheckpointObserver(CheckpointPath), new CancelAt(source, 1, step: 2)], cancellation: source.Token);
        Assert.Equal((StopReason.Cancelled, 0, 0, 0), (result.StopReason, result.History.Count, result.BestEpoch, result.WeightsEpoch));
        var first = new NetworkWeights(Stripes.Network);
        first.Initialize(Plan.Initializer, Plan.Seed);
        Assert.Equal(first.Tensors[0].Values, result.Weights.Tensors[0].Values);
        Assert.False(File.Exists(CheckpointPath));
    }

    [Fact]
    public void Every_byte_of_a_checkpoint_comes_back()
    {
        Fit(Plan with { Epochs = 2 }, [new CheckpointObserver(CheckpointPath)]);
        Checkpoint.Read(CheckpointPath, Stripes.Network, Plan with { Epochs = 2 }).Write(CheckpointPath + "2");
        Assert.Equal(File.ReadAllBytes(CheckpointPath), File.ReadAllBytes(CheckpointPath + "2"));
    }

    [Fact]
    public void A_file_that_is_no_checkpoint_is_refused()
    {
        AssertRefused(CheckpointPath, $"{CheckpointPath} does not exist; name the checkpoint of a run that was interrupted.");
        AssertRefused(folder, $"{folder} is a folder; name the checkpoint file.");
        foreach (string text in new[] { "", "DigitML", "label,pixel0\n" + new string('1', 500) })
        {
            File.WriteAllText(CheckpointPath, text);
            AssertRefused(CheckpointPath, $"{CheckpointPath} is not a DigitML checkpoint.");
        }
    }

    [Fact]
    public void A_checkpoint_of_an_earlier_version_is_refused()
    {
        Fit(Plan, [new CheckpointObserver(CheckpointPath)]);
        byte[] bytes = File.ReadAllBytes(CheckpointPath);
        bytes[14] = (byte)'1';
        File.WriteAllBytes(CheckpointPath, bytes);
        AssertRefused(CheckpointPath, $"{CheckpointPath} was written by another version of DigitML and cannot be resumed by this one; resume with that version or start a new run.");
    }

    [Fact]
    public void A_truncated_or_damaged_checkpoint_is_refused_at_every_length()
    {
        Fit(Plan, [new CheckpointObserver(CheckpointPath)]);
        byte[] whole = File.ReadAllBytes(CheckpointPath);
        File.WriteAllBytes(CheckpointPath, whole[..50]);
        AssertRefused(CheckpointPath, $"{CheckpointPath} is truncated: it has only 50 bytes; start a new run in another folder, or delete this run's.");
        for (int length = 200; length < whole.Length; length += 997)
        {
            File.WriteAllBytes(CheckpointPath, whole[..length]);
            AssertRefused(CheckpointPath, $"{CheckpointPath} is truncated or damaged: it has {length} bytes where {whole.Length} are expected; start a new run in another folder, or delete this run's.");
        }

        whole[^100] ^= 1;
        File.WriteAllBytes(CheckpointPath, whole);
        AssertRefused(CheckpointPath, $"{CheckpointPath} is damaged: its checksum is wrong; start a new run in another folder, or delete this run's.");
    }

    [Fact]
    public void A_lie_about_the_number_of_epochs_is_refused_without_taking_memory()
    {
        Fit(Plan, [new CheckpointObserver(CheckpointPath)]);
        byte[] bytes = File.ReadAllBytes(CheckpointPath);
        BitConverter.TryWriteBytes(bytes.AsSpan(16 + 3 * 32), int.MaxValue);
        File.WriteAllBytes(CheckpointPath, bytes);
        string message = Assert.Throws<DigitMLException>(() => Checkpoint.Read(CheckpointPath, Stripes.Network, Plan)).Message;
        Assert.StartsWith($"{CheckpointPath} is truncated or damaged: it has {bytes.Length} bytes where ", message);
    }

    [Fact]
    public void A_checkpoint_of_another_network_plan_or_data_is_refused()
    {
        Fit(Plan, [new CheckpointObserver(CheckpointPath)]);
        var other = new Network("other", Stripes.Network.InputShape, [new Flatten(), new Dense(3)]);
        AssertRefused(CheckpointPath, $"{CheckpointPath} does not belong to network \"other\"; resume with the network of its run.", network: other);
        AssertRefused(CheckpointPath, $"{CheckpointPath} belongs to another training plan; resume with the plan of its run.", plan: Plan with { Epochs = 6 });

        Checkpoint checkpoint = Checkpoint.Read(CheckpointPath, Stripes.Network, Plan);
        string message = Assert.Throws<DigitMLException>(() => Fit(Plan, resumeFrom: checkpoint, training: Stripes.Rows(20, seed: 9))).Message;
        Assert.Equal("The checkpoint is from a run with other training or validation rows; resume with the rows of its run.", message);
        message = Assert.Throws<DigitMLException>(() => Fit(Plan with { Seed = 4 }, resumeFrom: checkpoint)).Message;
        Assert.Equal("The checkpoint is from a run with another training plan; resume with the plan of its run.", message);
    }

    private static TrainingResult Fit(
        TrainingPlan plan, ITrainingObserver[]? observers = null, Checkpoint? resumeFrom = null, DigitDataset? training = null,
        CancellationToken cancellation = default) => new Trainer(new ReferenceDevice()).Fit(
            Stripes.Network, training ?? Training, plan,
            new FitOptions { Validation = Validation, Observers = observers ?? [], ResumeFrom = resumeFrom, Cancellation = cancellation });

    private static void AssertSame(TrainingResult expected, TrainingResult actual)
    {
        foreach (var (one, other) in expected.Weights.Tensors.Zip(actual.Weights.Tensors)) Assert.Equal(one.Values, other.Values);
        Assert.Equal(
            (expected.StopReason, expected.BestEpoch, expected.WeightsEpoch), (actual.StopReason, actual.BestEpoch, actual.WeightsEpoch));
        Assert.Equal(expected.History.Select(Timeless), actual.History.Select(Timeless));

        static EpochReport Timeless(EpochReport report) => report with { Seconds = 0, TrainingSeconds = 0 };
    }

    private static void AssertRefused(string path, string message, Network? network = null, TrainingPlan? plan = null) =>
        Assert.Equal(message, Assert.Throws<DigitMLException>(() => Checkpoint.Read(path, network ?? Stripes.Network, plan ?? Plan)).Message);

    private sealed class CancelAt(CancellationTokenSource source, int epoch, int step) : ITrainingObserver
    {
        public void StepEnded(StepReport report)
        {
            if (report.Epoch == epoch && report.Step == step) source.Cancel();
        }
    }
}
