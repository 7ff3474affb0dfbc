using DigitML.Engine;
using DigitML.Engine.Learning;

namespace DigitML.Tests.Learning;

/// <summary>Keras's EarlyStopping, worked by hand.</summary>
public class EarlyStoppingTests
{
    [Fact]
    public void With_a_patience_of_3_and_no_improvement_4_epochs_run() =>
        AssertStops(new EarlyStopping(Patience: 3), [0.5, 0.5, 0.5, 0.5, 0.5], epochs: 4, bestEpoch: 1);

    [Fact]
    public void Without_patience_the_first_epoch_that_is_not_better_stops() =>
        AssertStops(new EarlyStopping(), [0.5, 0.4, 0.4, 0.3], epochs: 3, bestEpoch: 2);

    [Fact]
    public void An_improvement_starts_the_count_again() =>
        AssertStops(new EarlyStopping(Patience: 2), [0.5, 0.6, 0.4, 0.5, 0.41, 0.1], epochs: 5, bestEpoch: 3);

    [Fact]
    public void A_change_of_minDelta_or_less_is_no_improvement_and_not_the_best_epoch() =>
        AssertStops(new EarlyStopping(MinDelta: 0.25, Patience: 2), [1.0, 0.75, 0.8, 0.1], epochs: 3, bestEpoch: 1);

    [Fact]
    public void Epochs_before_startFromEpoch_are_not_looked_at() =>
        AssertStops(new EarlyStopping(Patience: 1, StartFromEpoch: 2), [0.1, 0.2, 0.5, 0.4, 0.4, 0.4], epochs: 5, bestEpoch: 4);

    [Fact]
    public void Accuracy_is_better_when_higher()
    {
        var stopping = new EarlyStopping(MonitoredMetric.ValAccuracy, Patience: 1);
        Assert.Equal((false, 2), stopping.Judge(Histories.WithValAccuracy(0.5, 0.6)));
        Assert.Equal((true, 2), stopping.Judge(Histories.WithValAccuracy(0.5, 0.6, 0.6)));
    }

    [Fact]
    public void A_value_outside_its_range_is_named()
    {
        AssertWrong(new EarlyStopping(MinDelta: -0.1), "earlyStopping.minDelta is -0.1; it must be 0 or more.");
        AssertWrong(new EarlyStopping(Patience: -1), "earlyStopping.patience is -1; it must be 0 or more.");
        AssertWrong(new EarlyStopping(StartFromEpoch: -1), "earlyStopping.startFromEpoch is -1; it must be 0 or more.");
    }

    private static void AssertStops(EarlyStopping stopping, double[] valLosses, int epochs, int bestEpoch)
    {
        List<EpochReport> history = Histories.WithValLoss(valLosses);
        int ran = Enumerable.Range(1, history.Count).First(n => stopping.Judge(history[..n]).Stop);
        Assert.Equal(epochs, ran);
        Assert.Equal(bestEpoch, stopping.Judge(history[..ran]).BestEpoch);
    }

    private static void AssertWrong(EarlyStopping stopping, string message) => Assert.Equal(message, Assert.Throws<DigitMLException>(stopping.Validate).Message);
}
