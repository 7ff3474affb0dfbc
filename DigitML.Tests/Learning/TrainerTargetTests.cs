using DigitML.Engine;
using DigitML.Engine.Cpu;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Learning;

/// <summary>Training towards given targets in place of labels.</summary>
public sealed class TrainerTargetTests : IDisposable
{
    private static readonly TrainingPlan Plan = new(2, 8, new Adam(), new Constant(0.01f), LabelSmoothing: 0.1f);

    private static readonly DigitDataset Rows = Stripes.Rows(40, seed: 1);

    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void One_hot_targets_give_the_same_bytes_as_none_and_resume_its_checkpoint()
    {
        TrainingResult none = Fit(null), oneHot = Fit(OneHot(Rows));
        Assert.Equal(Values(none), Values(oneHot));
        Assert.Equal(none.History.Select(epoch => epoch.TrainingLoss), oneHot.History.Select(epoch => epoch.TrainingLoss));
        Assert.Equal(Values(none), Values(Fit(OneHot(Rows), Checkpoint.Read(path, Stripes.Network, Plan))));
    }

    [Fact]
    public void The_network_learns_the_targets_where_they_differ_from_the_labels()
    {
        // Every row is labelled "row", and its target says what it is.
        var sameLabel = new DigitDataset("same.csv", Rows.Height, Rows.Width, Rows.Pixels, new int[Rows.Count], Rows.LabelMap);
        using var device = new CpuDevice(threads: 1);
        TrainingPlan plan = Plan with { Epochs = 30, LearningRate = new Constant(0.02f), LabelSmoothing = 0 };
        TrainingResult result = new Trainer(device).Fit(Stripes.Network, sameLabel, plan, new FitOptions { Validation = Rows, Targets = OneHot(Rows) });
        Assert.InRange(result.History[^1].ValidationAccuracy!.Value, 0.9, 1);
    }

    [Fact]
    public void A_checkpoint_of_other_targets_is_refused()
    {
        var soft = new TargetMatrix(3, [.. OneHot(Rows).Values.ToArray().Select(value => 0.7f * value + 0.1f)]);
        TrainingResult result = Fit(soft);
        Assert.NotEqual(Values(Fit(null)), Values(result));
        Checkpoint checkpoint = Checkpoint.Read(path, Stripes.Network, Plan);
        string message = Assert.Throws<DigitMLException>(() => Fit(soft, checkpoint)).Message;
        Assert.Equal("The checkpoint is from a run with other training or validation rows; resume with the rows of its run.", message);
    }

    private TrainingResult Fit(TargetMatrix? targets, Checkpoint? resumeFrom = null)
    {
        using var device = new CpuDevice(threads: 1);
        return new Trainer(device).Fit(
            Stripes.Network, Rows, Plan, new FitOptions { Targets = targets, ResumeFrom = resumeFrom, Observers = [new CheckpointObserver(path)] });
    }

    private static TargetMatrix OneHot(DigitDataset rows)
    {
        var values = new float[rows.Count * 3];
        for (int row = 0; row < rows.Count; row++) values[row * 3 + rows.Labels[row]] = 1;
        return new TargetMatrix(3, values);
    }

    private static float[] Values(TrainingResult result) => [.. result.Weights.Tensors.SelectMany(tensor => tensor.Values)];
}
