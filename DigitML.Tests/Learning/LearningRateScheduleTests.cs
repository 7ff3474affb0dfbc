using DigitML.Engine;
using DigitML.Engine.Learning;

namespace DigitML.Tests.Learning;

public class LearningRateScheduleTests
{
    [Fact]
    public void Constant_stays() => AssertEpochs(new Constant(0.01f), [0.01, 0.01, 0.01]);

    [Fact]
    public void Step_multiplies_every_so_many_epochs_as_StepLR_does() => AssertEpochs(new Step(0.1f, 0.5f, 2), [0.1, 0.1, 0.05, 0.05, 0.025]);

    [Fact]
    public void MultiStep_multiplies_after_the_listed_epochs_as_MultiStepLR_does() =>
        AssertEpochs(new MultiStep(0.05f, 0.1f, [3, 5]), [0.05, 0.05, 0.05, 0.005, 0.005, 0.0005, 0.0005]);

    [Fact]
    public void Exponential_multiplies_every_epoch_as_ExponentialLR_does() => AssertEpochs(new Exponential(0.1f, 0.5f), [0.1, 0.05, 0.025, 0.0125]);

    [Fact]
    public void InverseTime_divides_by_one_plus_decay_times_epoch() =>
        AssertEpochs(new InverseTime(0.003f, 0.319f), [0.003, 0.00227445, 0.00183150, 0.00153296], tolerance: 1e-8);

    [Fact]
    public void InverseTime_over_steps_falls_with_every_step_as_Keras_InverseTimeDecay_does()
    {
        var schedule = new InverseTime(0.004f, 0.5f, DecaySteps: 10);
        Assert.Equal(0.004, At(schedule, 0, stepsPerEpoch: 8, epochs: 3), 1e-9);
        Assert.Equal(0.004 / 1.15, At(schedule, 3, stepsPerEpoch: 8, epochs: 3), 1e-9);
        Assert.Equal(0.004 / 2, At(schedule, 20, stepsPerEpoch: 8, epochs: 3), 1e-9);
        Assert.Equal(0.004 / 2, At(schedule, 20, stepsPerEpoch: 30, epochs: 1), 1e-9);
    }

    [Fact]
    public void Cosine_falls_step_by_step_as_CosineAnnealingLR_does()
    {
        // eta_min + (base - eta_min) * (1 + cos(pi * t / 8)) / 2 at t = 0, 2, 4, 6, 7
        var schedule = new Cosine(1.0f, FinalRate: 0.2f);
        double[] expected = [1, 0.882843, 0.6, 0.317157, 0.230448];
        int[] steps = [0, 2, 4, 6, 7];
        for (int i = 0; i < steps.Length; i++) Assert.Equal(expected[i], At(schedule, steps[i], stepsPerEpoch: 4, epochs: 2), 1e-6);
    }

    [Fact]
    public void Cosine_warms_up_along_a_line_and_then_falls_over_what_is_left()
    {
        var schedule = new Cosine(0.8f, WarmUpEpochs: 0.5f);
        double[] expected = [0.2, 0.4, 0.6, 0.8, 0.8, 0.8 * 0.9829629];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], At(schedule, i, stepsPerEpoch: 8, epochs: 2), 1e-6);
        Assert.Equal(0.4, At(schedule, 10, stepsPerEpoch: 8, epochs: 2), 1e-6);
        Assert.Equal(0.8 * (1 + Math.Cos(Math.PI * 11 / 12)) / 2, At(schedule, 15, stepsPerEpoch: 8, epochs: 2), 1e-6);
    }

    [Fact]
    public void Cosine_with_a_warm_up_longer_than_the_plan_only_rises()
    {
        var schedule = new Cosine(1, WarmUpEpochs: 9);
        Assert.Equal(1, At(schedule, 5, stepsPerEpoch: 3, epochs: 2));
        Assert.Equal(1.0 / 6, At(schedule, 0, stepsPerEpoch: 3, epochs: 2), 1e-6);
    }

    [Fact]
    public void OneCycle_has_the_steps_of_PyTorchs_OneCycleLR()
    {
        // total_steps 10, pct_start 0.3: up during steps 0..2, down during steps 2..9.
        var schedule = new OneCycle(1, StartFraction: 0.04f, EndFraction: 0.01f, Rising: 0.3f);
        double[] expected = [0.04, 0.52, 1, 0.950979, 0.813628, 0.615148, 0.394852, 0.196372, 0.0590205, 0.01];
        for (int i = 0; i < 10; i++) Assert.Equal(expected[i], At(schedule, i, stepsPerEpoch: 5, epochs: 2), 1e-5);
    }

    [Fact]
    public void OneCycle_goes_along_lines_where_asked()
    {
        var schedule = new OneCycle(2, StartFraction: 0.1f, EndFraction: 0.05f, Rising: 0.3f, OneCycleCurve.Linear);
        double[] expected = [0.2, 1.1, 2, 2 - 1.9 / 7, 2 - 3.8 / 7];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], At(schedule, i, stepsPerEpoch: 5, epochs: 2), 1e-5);
        Assert.Equal(0.1, At(schedule, 9, stepsPerEpoch: 5, epochs: 2), 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void OneCycle_of_few_steps_has_a_rate_at_every_step(int steps)
    {
        for (int i = 0; i < steps; i++) Assert.InRange(At(new OneCycle(1), i, stepsPerEpoch: steps, epochs: 1), 4e-6 * 0.999, 1.0);
    }

    public static TheoryData<LearningRateSchedule, string> WrongSchedules => new()
    {
        { new Constant(0), "learningRate.rate is 0; a learning rate is greater than 0." },
        { new Constant(float.NaN), "learningRate.rate is NaN; a learning rate is greater than 0." },
        { new Constant(-0.5f), "learningRate.rate is -0.5; a learning rate is greater than 0." },
        { new Step(0.1f, 1.5f, 2), "learningRate.factor is 1.5; it must be between 0 and 1." },
        { new Step(0.1f, 0.5f, 0), "learningRate.everyEpochs is 0; it must be at least 1." },
        { new MultiStep(0.1f, 0.5f, []), "learningRate.afterEpochs is empty; list at least one number of epochs." },
        { new MultiStep(0.1f, 0.5f, default), "learningRate.afterEpochs is empty; list at least one number of epochs." },
        { new MultiStep(0.1f, 0.5f, [4, 4]), "learningRate.afterEpochs is [4, 4]; the numbers must be at least 1 and increasing." },
        { new Exponential(0.1f, 1), "learningRate.decay is 1; it must be between 0 and 1." },
        { new InverseTime(0.1f, 0), "learningRate.decay is 0; it must be greater than 0." },
        { new InverseTime(0.1f, 0.5f, 0), "learningRate.decaySteps is 0; it must be 1 or more." },
        { new Cosine(0.1f, FinalRate: 0.2f), "learningRate.finalRate is 0.2; it must be from 0 to the rate, 0.1." },
        { new Cosine(0.1f, WarmUpEpochs: -1), "learningRate.warmUpEpochs is -1; it must be 0 or more." },
        { new OneCycle(0), "learningRate.peakRate is 0; a learning rate is greater than 0." },
        { new OneCycle(1, StartFraction: 0), "learningRate.startFraction is 0; it must be a share of the peak, greater than 0 and at most 1." },
        { new OneCycle(1, EndFraction: 2), "learningRate.endFraction is 2; it must be a share of the peak, greater than 0 and at most 1." },
        { new OneCycle(1, Rising: 1), "learningRate.rising is 1; it must be between 0 and 1." },
        { new ReduceOnPlateau(0.1f, Patience: -1), "learningRate.patience is -1; it must be 0 or more." },
        { new ReduceOnPlateau(0.1f, MinDelta: -1), "learningRate.minDelta is -1; it must be 0 or more." },
        { new ReduceOnPlateau(0.1f, Cooldown: -1), "learningRate.cooldown is -1; it must be 0 or more." },
        { new ReduceOnPlateau(0.1f, MinRate: 0.2f), "learningRate.minRate is 0.2; it must be from 0 to the rate, 0.1." },
    };

    [Theory]
    [MemberData(nameof(WrongSchedules))]
    public void A_value_outside_its_range_is_named(LearningRateSchedule schedule, string message) =>
        Assert.Equal(message, Assert.Throws<DigitMLException>(schedule.Validate).Message);

    private static float At(LearningRateSchedule schedule, int index, int stepsPerEpoch, int epochs) =>
        schedule.RateAt(new StepPosition(index / stepsPerEpoch, index % stepsPerEpoch, stepsPerEpoch, epochs), []);

    private static void AssertEpochs(LearningRateSchedule schedule, double[] expected, double tolerance = 1e-7)
    {
        schedule.Validate();
        for (int epoch = 0; epoch < expected.Length; epoch++)
        {
            Assert.Equal(expected[epoch], schedule.RateAt(new StepPosition(epoch, 0, 7, expected.Length), []), tolerance);
            Assert.Equal(expected[epoch], schedule.RateAt(new StepPosition(epoch, 6, 7, expected.Length), []), tolerance);
        }
    }
}
