using System.Collections.Immutable;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Learning;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Learning;

/// <summary>Learning-rate schedules and observers written outside of the engine.</summary>
public sealed class CustomScheduleTests : IDisposable
{
    private static readonly TrainingPlan Plan = new(4, 5, new Adam(), new Warmup(0.01f, 2));

    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void It_trains_and_the_epoch_reports_have_its_rates()
    {
        using var device = new ScriptedDevice();
        TrainingResult result = Fit(device, Plan);
        Assert.Equal([0.005f, 0.005f, 0.01f, 0.01f, 0.01f, 0.01f, 0.01f, 0.01f], device.LearningRates);
        Assert.Equal([0.005f, 0.01f, 0.01f, 0.01f], result.History.Select(epoch => epoch.LearningRate));
    }

    [Fact]
    public void A_checkpoint_of_it_resumes_with_an_equal_one()
    {
        using var device = new ScriptedDevice();
        using var source = new CancellationTokenSource();
        Fit(device, Plan, new FitOptions { Observers = [new CheckpointObserver(path), new CancelAfterFirstEpoch(source)], Cancellation = source.Token });

        // Read in another process there is no object to compare with, only what it prints.
        TrainingPlan again = Plan with { LearningRate = new Warmup(0.01f, 2) };
        TrainingResult resumed = Fit(device, again, new FitOptions { ResumeFrom = Checkpoint.Read(path, Stripes.Network, again) });
        Assert.Equal([0.005f, 0.01f, 0.01f, 0.01f], resumed.History.Select(epoch => epoch.LearningRate));
        Assert.Equal(8, resumed.Weights.Tensors[0].Values[0]);
    }

    [Fact]
    public void A_checkpoint_of_it_is_refused_with_another()
    {
        using var device = new ScriptedDevice();
        Fit(device, Plan, new FitOptions { Observers = [new CheckpointObserver(path)] });
        Checkpoint checkpoint = Checkpoint.Read(path, Stripes.Network, Plan);
        foreach (LearningRateSchedule other in new LearningRateSchedule[] { new Warmup(0.01f, 3), new Warmup(0.02f, 2), new Constant(0.01f), new Lookalike(0.01f, 2) })
        {
            TrainingPlan plan = Plan with { LearningRate = other };
            Assert.Equal(
                "The checkpoint is from a run with another training plan; resume with the plan of its run.",
                Assert.Throws<DigitMLException>(() => Fit(device, plan, new FitOptions { ResumeFrom = checkpoint })).Message);
            Assert.Equal(
                $"{path} belongs to another training plan; resume with the plan of its run.",
                Assert.Throws<DigitMLException>(() => Checkpoint.Read(path, Stripes.Network, plan)).Message);
        }
    }

    [Fact]
    public void The_rest_of_the_plan_counts_too()
    {
        using var device = new ScriptedDevice();
        Fit(device, Plan, new FitOptions { Observers = [new CheckpointObserver(path)] });
        Assert.Throws<DigitMLException>(() => Checkpoint.Read(path, Stripes.Network, Plan with { BatchSize = 4 }));
    }

    [Fact]
    public void One_that_prints_no_values_needs_a_description_of_its_own()
    {
        using var device = new ScriptedDevice();
        var options = new FitOptions { Observers = [new CheckpointObserver(path)] };
        string message = Assert.Throws<DigitMLException>(() => Fit(device, Plan with { LearningRate = new Table([0.1f, 0.2f]) }, options)).Message;
        Assert.Equal(
            "The learning-rate schedule Table does not print all its values, so a checkpoint could not recognise it; override Describe to return all of them.",
            message);

        TrainingPlan described = Plan with { LearningRate = new DescribedTable([0.1f, 0.2f]) };
        Fit(device, described, options);
        Checkpoint.Read(path, Stripes.Network, described);
        Assert.Throws<DigitMLException>(() => Checkpoint.Read(path, Stripes.Network, Plan with { LearningRate = new DescribedTable([0.1f, 0.3f]) }));
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(-0.5f, "-0.5")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void A_rate_that_is_none_is_refused(float rate, string shown)
    {
        using var device = new ScriptedDevice();
        Assert.Equal(
            $"The learning rate of epoch 1, step 1 of 2 is {shown}; it must be 0 or more, so correct the schedule.",
            Assert.Throws<DigitMLException>(() => Fit(device, Plan with { LearningRate = new Warmup(rate, 0) })).Message);
    }

    [Fact]
    public void A_recipe_cannot_hold_one()
    {
        string message = Assert.Throws<DigitMLException>(() => StrictJson.Write(Plan)).Message;
        Assert.Equal(
            "The plan's learning-rate schedule is not one of DigitML's, so a recipe cannot hold it; train with it through Trainer.Fit, or choose one of DigitML's.",
            message);
    }

    private static TrainingResult Fit(ScriptedDevice device, TrainingPlan plan, FitOptions? options = null) =>
        new Trainer(device).Fit(Stripes.Network, Stripes.OneClass(10), plan, options);

    private sealed record Warmup(float Rate, int WarmEpochs) : LearningRateSchedule
    {
        public override float RateAt(StepPosition position, IReadOnlyList<EpochReport> history) =>
            WarmEpochs == 0 ? Rate : Rate * Math.Min(position.Epoch + 1, WarmEpochs) / WarmEpochs;
    }

    // The same values under another name.
    private sealed record Lookalike(float Rate, int WarmEpochs) : LearningRateSchedule
    {
        public override float RateAt(StepPosition position, IReadOnlyList<EpochReport> history) => Rate;

        public override string Describe() => new Warmup(Rate, WarmEpochs).ToString();
    }

    private sealed record Table(ImmutableArray<float> Rates) : LearningRateSchedule
    {
        public override float RateAt(StepPosition position, IReadOnlyList<EpochReport> history) => Rates[position.Epoch % Rates.Length];
    }

    private sealed record DescribedTable(ImmutableArray<float> Rates) : LearningRateSchedule
    {
        public override float RateAt(StepPosition position, IReadOnlyList<EpochReport> history) => Rates[position.Epoch % Rates.Length];

        public override string Describe() => $"{nameof(DescribedTable)}: {string.Join(", ", Rates)}";
    }

    private sealed class CancelAfterFirstEpoch(CancellationTokenSource source) : ITrainingObserver
    {
        public void EpochEnded(EpochReport report, Checkpoint checkpoint) => source.Cancel();
    }
}
