using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Learning;

public class TrainerTests
{
    private static readonly TrainingPlan Plan = new(3, 4, new Adam(), new Constant(0.01f));

    [Fact]
    public void A_small_problem_is_learned()
    {
        TrainingPlan plan = Plan with { Epochs = 8, BatchSize = 16, LearningRate = new Cosine(0.02f), LabelSmoothing = 0.05f, KeepBestEpoch = true };
        TrainingResult result = new Trainer(new ReferenceDevice())
            .Fit(Stripes.Network, Stripes.Rows(160, seed: 1), plan, new FitOptions { Validation = Stripes.Rows(60, seed: 2) });
        Assert.Equal(8, result.History.Count);
        Assert.True(result.History[^1].TrainingLoss < result.History[0].TrainingLoss / 2);
        Assert.InRange(result.History[result.BestEpoch - 1].ValidationAccuracy!.Value, 0.9, 1);
        Assert.Equal(result.BestEpoch, result.WeightsEpoch);
    }

    [Fact]
    public void One_seed_gives_one_set_of_weights_and_another_seed_another()
    {
        float[] first = Values(Train(Plan)), again = Values(Train(Plan)), other = Values(Train(Plan with { Seed = 2 }));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        static TrainingResult Train(TrainingPlan plan) =>
            new Trainer(new ReferenceDevice()).Fit(Stripes.Network, Stripes.Rows(20, seed: 1), plan with { Epochs = 2 });
    }

    [Fact]
    public void Every_minibatch_goes_forward_loss_backward_step_and_every_epoch_is_validated()
    {
        using var device = new ScriptedDevice();
        Fit(device, Plan with { Epochs = 2 });
        string[] epoch = ["Forward 4", "Loss", "Backward", "Step", "Forward 4", "Loss", "Backward", "Step", "Forward 2", "Loss", "Backward", "Step"];
        Assert.Equal(["CompileInference", .. epoch, "Validate 3", .. epoch, "Validate 6"], device.Calls);
        Assert.Equal(0, device.Open);
    }

    [Fact]
    public void Reports_hold_means_over_the_rows_of_the_epoch()
    {
        using var device = new ScriptedDevice { Loss = step => step, Score = _ => 0.5f };
        TrainingResult result = Fit(device, Plan with { Epochs = 2, LearningRate = new Exponential(0.5f, 0.5f) });
        EpochReport first = result.History[0], second = result.History[1];
        Assert.Equal((1 * 4 + 2 * 4 + 3 * 2) / 10.0, first.TrainingLoss, 1e-12);
        Assert.Equal((4 * 4 + 5 * 4 + 6 * 2) / 10.0, second.TrainingLoss, 1e-12);
        Assert.Equal(0.3, first.TrainingAccuracy, 1e-12);
        Assert.Equal(Math.Log(2), first.ValidationLoss!.Value, 1e-7);
        Assert.Equal(1, first.ValidationAccuracy);
        Assert.Equal((1, 0.5f, 3, 10), (first.Epoch, first.LearningRate, first.Steps, first.Samples));
        Assert.Equal((2, 0.25f), (second.Epoch, second.LearningRate));
        Assert.True(first.Seconds >= first.TrainingSeconds && first.TrainingSeconds > 0);
    }

    [Fact]
    public void The_schedule_gives_the_rate_of_every_step()
    {
        using var device = new ScriptedDevice();
        var schedule = new OneCycle(0.1f);
        Fit(device, Plan with { LearningRate = schedule });
        Assert.Equal(Enumerable.Range(0, 9).Select(i => schedule.RateAt(new StepPosition(i / 3, i % 3, 3, 3), [])), device.LearningRates);
    }

    [Fact]
    public void A_plateau_of_the_validation_lowers_the_rate()
    {
        using var device = new ScriptedDevice { Score = _ => 0.5f };
        Fit(device, Plan with { BatchSize = 10, Epochs = 4, LearningRate = new ReduceOnPlateau(1, Factor: 0.5f, Patience: 1) });
        Assert.Equal([1, 1, 0.5f, 0.25f], device.LearningRates);
    }

    [Fact]
    public void A_tie_of_scores_counts_for_the_lower_class()
    {
        using var device = new ScriptedDevice { Score = _ => 0.25f, OtherScores = 0.25f };
        Assert.Equal(1, Fit(device, Plan).History[0].ValidationAccuracy);
    }

    [Fact]
    public void Early_stopping_ends_the_run_and_restores_the_best_weights()
    {
        using var device = new ScriptedDevice { Score = steps => steps == 6 ? 0.9f : 0.5f };
        TrainingPlan plan = Plan with { Epochs = 20, EarlyStopping = new EarlyStopping(Patience: 2, RestoreBestWeights: true) };
        TrainingResult result = Fit(device, plan);
        Assert.Equal((StopReason.EarlyStopped, 4, 2, 2), (result.StopReason, result.History.Count, result.BestEpoch, result.WeightsEpoch));
        Assert.Equal(6, result.Weights.Tensors[0].Values[0]);

        TrainingResult last = Fit(device, plan with { EarlyStopping = new EarlyStopping(Patience: 2) });
        Assert.Equal((StopReason.EarlyStopped, 4, 4), (last.StopReason, last.History.Count, last.WeightsEpoch));
        Assert.Equal(12, last.Weights.Tensors[0].Values[0]);
    }

    [Fact]
    public void The_best_epoch_is_kept_where_asked_and_the_last_one_otherwise()
    {
        using var device = new ScriptedDevice { Score = steps => steps == 6 ? 0.9f : 0.5f };
        TrainingResult best = Fit(device, Plan with { KeepBestEpoch = true }), last = Fit(device, Plan);
        Assert.Equal((6f, 2, 2), (best.Weights.Tensors[0].Values[0], best.BestEpoch, best.WeightsEpoch));
        Assert.Equal((9f, 2, 3), (last.Weights.Tensors[0].Values[0], last.BestEpoch, last.WeightsEpoch));
    }

    [Fact]
    public void Averaged_weights_are_validated_and_returned()
    {
        using var device = new ScriptedDevice();
        TrainingResult result = Fit(device, Plan with { AveragingDecay = 0.99f });
        Assert.Contains("Validate 1003", device.Calls);
        Assert.Equal(1009, result.Weights.Tensors[0].Values[0]);
    }

    [Fact]
    public void Training_goes_on_from_given_weights()
    {
        var first = new NetworkWeights(Stripes.Network);
        first.Initialize(WeightInitializer.GlorotUniform, seed: 77);
        TrainingPlan plan = Plan with { Epochs = 1, LearningRate = new Constant(1e-12f), Optimizer = new Sgd() };
        TrainingResult result = new Trainer(new ReferenceDevice())
            .Fit(Stripes.Network, Stripes.Rows(8, seed: 1), plan, new FitOptions { InitialWeights = first });
        Assert.Equal(first.Tensors[0].Values, result.Weights.Tensors[0].Values);
    }

    [Theory]
    [InlineData(double.NaN, "not a number")]
    [InlineData(double.PositiveInfinity, "infinite")]
    public void A_loss_that_is_not_finite_ends_the_run_with_what_to_change(double loss, string what)
    {
        using var device = new ScriptedDevice { Loss = step => step == 5 ? loss : 1 };
        var failure = Assert.Throws<DigitMLException>(() => Fit(device, Plan));
        Assert.Equal($"The loss is {what} at epoch 2, step 2 of 3, with a learning rate of 0.01; lower the learning rate.", failure.Message);
        Assert.Equal(0, device.Open);
    }

    [Fact]
    public void Scores_that_are_not_numbers_end_the_run_with_what_to_change()
    {
        using var device = new ScriptedDevice { Score = steps => steps == 6 ? float.NaN : 0.5f };
        var failure = Assert.Throws<DigitMLException>(() => Fit(device, Plan));
        Assert.Equal("The validation loss is not a number after epoch 2; lower the learning rate.", failure.Message);
    }

    private static TrainingResult Fit(ScriptedDevice device, TrainingPlan plan) =>
        new Trainer(device).Fit(Stripes.Network, Stripes.OneClass(10), plan, new FitOptions { Validation = Stripes.OneClass(6) });

    private static float[] Values(TrainingResult result) => [.. result.Weights.Tensors.SelectMany(tensor => tensor.Values)];
}
