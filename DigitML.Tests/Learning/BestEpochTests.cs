using DigitML.Engine.Learning;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Learning;

public class BestEpochTests
{
    private static readonly TrainingPlan Plan = new(10, 4, new Adam(), new Constant(0.01f), KeepBestEpoch: true);

    [Fact]
    public void The_highest_validation_accuracy_wins_then_the_lower_loss_then_the_earlier_epoch()
    {
        Assert.Equal(2, Best(Plan, (0.5, 0.1), (0.9, 0.5), (0.8, 0.1)));
        Assert.Equal(3, Best(Plan, (0.5, 0.1), (0.9, 0.5), (0.9, 0.4)));
        Assert.Equal(1, Best(Plan, (0.9, 0.4), (0.9, 0.5), (0.9, 0.4)));
    }

    [Fact]
    public void An_early_stopping_that_restores_decides_by_its_own_metric() =>
        Assert.Equal(1, Best(Plan with { EarlyStopping = new EarlyStopping(Patience: 9, RestoreBestWeights: true) }, (0.5, 0.1), (0.9, 0.5), (0.8, 0.2)));

    [Fact]
    public void Without_validation_the_last_epoch_is_the_best() =>
        Assert.Equal(2, BestEpoch.Of([Histories.Report(1, loss: 0.1), Histories.Report(2, loss: 0.2)], Plan with { KeepBestEpoch = false }));

    [Fact]
    public void Before_any_epoch_there_is_none() => Assert.Equal(0, BestEpoch.Of([], Plan));

    private static int Best(TrainingPlan plan, params (double Accuracy, double Loss)[] epochs) =>
        BestEpoch.Of([.. epochs.Select((epoch, i) => Histories.Report(i + 1, valAccuracy: epoch.Accuracy, valLoss: epoch.Loss))], plan);
}
