using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Optimizers;

/// <summary>Two steps with the gradients 2 and then −1, from the weight 1, at the learning rate 0.1, worked by hand.</summary>
public class OptimizerStepTests
{
    [Fact]
    public void Sgd_steps_against_the_gradient() => Assert.Equal([0.8, 0.9], TwoSteps(new Sgd()), Close);

    [Fact]
    public void Sgd_with_momentum_steps_by_its_velocity() =>
        Assert.Equal([0.8, 0.8], TwoSteps(new Sgd(Momentum: 0.5f)), Close); // u = 2, then 0.5 · 2 − 1 = 0

    [Fact]
    public void Sgd_with_Nesterov_momentum_looks_ahead() =>
        Assert.Equal([0.7, 0.8], TwoSteps(new Sgd(Momentum: 0.5f, Nesterov: true)), Close); // 2 + 0.5 · 2 = 3, then −1 + 0.5 · 0

    [Fact]
    public void RmsProp_divides_by_the_root_of_the_mean_square()
    {
        // v = 0.75 · 0 + 0.25 · 4 = 1, then 0.75 · 1 + 0.25 · 1 = 1; the epsilon is added to the root
        Assert.Equal([1 - 0.2 / 1.25, 1 - 0.2 / 1.25 + 0.1 / 1.25], TwoSteps(new RmsProp(Rho: 0.75f, Epsilon: 0.25f)), Close);
    }

    [Fact]
    public void Adam_corrects_the_bias_of_both_moments_and_adds_epsilon_to_the_root()
    {
        // t = 1: m = 1, m̂ = 1 / (1 − 0.5) = 2; v = 1, v̂ = 1 / (1 − 0.75) = 4
        // t = 2: m = 0.5 − 0.5 = 0, m̂ = 0; v irrelevant
        Assert.Equal([1 - 0.1 * 2 / 2.5, 1 - 0.1 * 2 / 2.5], TwoSteps(new Adam(Beta1: 0.5f, Beta2: 0.75f, Epsilon: 0.5f)), Close);
    }

    [Fact]
    public void Adam_of_the_second_step_uses_the_powers_of_its_betas()
    {
        // m = 0.75 · 0.5 − 0.25 = 0.125, m̂ = 0.125 / (1 − 0.5625); v = 0.75 · 1 + 0.25 = 1, v̂ = 1 / (1 − 0.5625)
        double first = 1 - 0.1, second = first - 0.1 * (0.125 / 0.4375) / Math.Sqrt(1 / 0.4375);
        Assert.Equal([first, second], TwoSteps(new Adam(Beta1: 0.75f, Beta2: 0.75f, Epsilon: 0)), Close);
    }

    [Fact]
    public void Adam_of_a_gradient_of_zero_stays_where_it_is()
    {
        ReferenceParameter parameter = Parameter(ParameterRole.Weight, slots: 2);
        ReferenceOptimizer.Step(new Adam(), parameter, 0.1, t: 1);
        Assert.Equal(1, parameter.Values[0]);
    }

    [Theory]
    [InlineData(ParameterRole.Weight, 0.9)]
    [InlineData(ParameterRole.Bias, 1)]
    [InlineData(ParameterRole.Scale, 1)]
    [InlineData(ParameterRole.RunningMean, 1)]
    [InlineData(ParameterRole.RunningVariance, 1)]
    public void Weight_decay_shrinks_weights_only_by_learning_rate_times_decay(ParameterRole role, double expected)
    {
        const float Decay = 0.5f;
        Optimizer[] optimizers = [new Sgd(WeightDecay: Decay), new Sgd(0.9f, WeightDecay: Decay), new RmsProp(WeightDecay: Decay), new Adam(WeightDecay: Decay)];
        foreach (Optimizer optimizer in optimizers)
        {
            ReferenceParameter parameter = Parameter(role, optimizer.SlotCount);
            ReferenceOptimizer.Step(optimizer, parameter, 0.2, t: 1);
            Assert.Equal(expected, parameter.Values[0], 12);
        }
    }

    [Fact]
    public void Weight_decay_does_not_enter_the_moments()
    {
        ReferenceParameter parameter = Parameter(ParameterRole.Weight, slots: 2);
        ReferenceOptimizer.Step(new Adam(WeightDecay: 0.5f), parameter, 0.2, t: 1);
        Assert.Equal([0, 0], parameter.Slots.Select(slot => slot[0]));
    }

    [Fact]
    public void Running_statistics_are_no_business_of_the_optimizer()
    {
        ReferenceParameter parameter = Parameter(ParameterRole.RunningMean, slots: 0);
        parameter.Gradient[0] = 5;
        ReferenceOptimizer.Step(new Sgd(), parameter, 0.2, t: 1);
        Assert.Equal(1, parameter.Values[0]);
    }

    [Fact]
    public void Slots_are_as_many_as_the_formula_remembers()
    {
        Assert.Equal(2, new Adam().SlotCount);
        Assert.Equal(1, new RmsProp().SlotCount);
        Assert.Equal(0, new Sgd().SlotCount);
        Assert.Equal(1, new Sgd(0.9f).SlotCount);
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) < 1e-12;

    private static double[] TwoSteps(Optimizer optimizer)
    {
        ReferenceParameter parameter = Parameter(ParameterRole.Bias, optimizer.SlotCount);
        var values = new double[2];
        for (int i = 0; i < 2; i++)
        {
            parameter.Gradient[0] = i == 0 ? 2 : -1;
            ReferenceOptimizer.Step(optimizer, parameter, learningRate: 0.1, t: i + 1);
            values[i] = parameter.Values[0];
        }

        return values;
    }

    private static ReferenceParameter Parameter(ParameterRole role, int slots)
    {
        var parameter = new ReferenceParameter(new ParameterSpec("p", role, [1]), slots);
        parameter.Values[0] = 1;
        return parameter;
    }
}
