using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Reference;

public class ReferenceCrossEntropyTests
{
    [Fact]
    public void The_loss_is_the_mean_cross_entropy_over_the_samples_and_the_gradient_is_the_difference_over_their_number()
    {
        // softmax: (1/4, 3/4) and (1/2, 1/2)
        var (loss, gradient) = Evaluate([0, Math.Log(3), 7, 7], [1, 0, 0.1, 0.9], [0, 1]);
        Assert.Equal((Math.Log(4) + Math.Log(2)) / 2, loss.Mean, 12);
        double[] expected = [(0.25 - 1) / 2, 0.75 / 2, (0.5 - 0.1) / 2, (0.5 - 0.9) / 2];
        for (int i = 0; i < 4; i++) Assert.Equal(expected[i], gradient[i], 12);
    }

    [Fact]
    public void A_tie_counts_for_the_lower_class()
    {
        Assert.Equal(1, Evaluate([2, 2, 2, 2], [1, 0, 0, 1], [0, 1]).Loss.CorrectCount);
        Assert.Equal(2, Evaluate([2, 2, 2, 3], [1, 0, 0, 1], [0, 1]).Loss.CorrectCount);
    }

    [Fact]
    public void Huge_logits_give_a_finite_loss()
    {
        var (loss, gradient) = Evaluate([1e4, -1e4], [0, 1], [1]);
        Assert.Equal(2e4, loss.Mean);
        Assert.Equal([1, -1], gradient);
    }

    private static (MinibatchLoss Loss, double[] Gradient) Evaluate(double[] logits, double[] targets, int[] labels)
    {
        var z = new ReferenceTensor(labels.Length, Shape.Vector(2));
        var t = new ReferenceTensor(labels.Length, Shape.Vector(2));
        logits.CopyTo(z.Values, 0);
        targets.CopyTo(t.Values, 0);
        var (loss, gradient) = ReferenceCrossEntropy.Evaluate(z, t, labels);
        return (loss, gradient.Values);
    }
}
