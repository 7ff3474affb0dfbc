using DigitML.Engine.Learning;

namespace DigitML.Tests.Learning;

/// <summary>Keras's ReduceLROnPlateau, worked by hand.</summary>
public class ReduceOnPlateauTests
{
    [Fact]
    public void The_rate_falls_after_patience_epochs_without_improvement() =>
        AssertRates(new ReduceOnPlateau(1, Factor: 0.5f, Patience: 2), [1.0, 0.9, 0.9, 0.9, 0.9, 0.9], [1, 1, 1, 1, 0.5f, 0.5f, 0.25f]);

    [Fact]
    public void A_change_of_minDelta_or_less_is_no_improvement() =>
        AssertRates(new ReduceOnPlateau(1, Factor: 0.5f, Patience: 1, MinDelta: 0.25), [1.0, 0.75, 0.625, 0.375], [1, 1, 0.5f, 0.5f, 0.25f]);

    [Fact]
    public void During_the_cooldown_nothing_is_counted() =>

        // Falls after epoch 2; epoch 3 takes the cooldown from 2 to 1, epoch 4 to 0 and counts again (patience 1), so the next fall is after epoch 4.
        AssertRates(new ReduceOnPlateau(1, Factor: 0.5f, Patience: 1, Cooldown: 2), [1.0, 1.0, 1.0, 1.0, 1.0, 1.0], [1, 1, 0.5f, 0.5f, 0.25f, 0.25f, 0.125f]);

    [Fact]
    public void The_rate_never_falls_below_minRate() =>
        AssertRates(new ReduceOnPlateau(1, Factor: 0.5f, Patience: 1, MinRate: 0.4f), [1.0, 1.0, 1.0, 1.0], [1, 1, 0.5f, 0.4f, 0.4f]);

    [Fact]
    public void Accuracy_is_better_when_higher()
    {
        var schedule = new ReduceOnPlateau(1, Factor: 0.5f, Patience: 1, Monitor: MonitoredMetric.ValAccuracy);
        AssertRates(schedule, Histories.WithValAccuracy(0.5, 0.6, 0.6, 0.7), [1, 1, 1, 0.5f, 0.5f]);
    }

    private static void AssertRates(ReduceOnPlateau schedule, double[] valLosses, float[] expected) =>
        AssertRates(schedule, Histories.WithValLoss(valLosses), expected);

    private static void AssertRates(ReduceOnPlateau schedule, List<EpochReport> history, float[] expected)
    {
        for (int epoch = 0; epoch < expected.Length; epoch++)
        {
            Assert.Equal(expected[epoch], schedule.RateAt(new StepPosition(epoch, 0, 1, 100), history[..epoch]));
        }
    }
}
