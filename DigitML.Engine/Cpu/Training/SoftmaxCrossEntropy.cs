using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Devices;

namespace DigitML.Engine.Cpu.Training;

/// <summary>Softmax and cross-entropy in one, in double: −Σ t[k] · ln softmax(logits)[k], with the gradient (softmax − t) / N of its mean.</summary>
internal static unsafe class SoftmaxCrossEntropy
{
    /// <summary>Writes the gradient with respect to <paramref name="logits"/> and returns the minibatch's loss.</summary>
    internal static MinibatchLoss Run(Activation logits, Minibatch minibatch, SlotLayout slots)
    {
        int classes = logits.Shape.Channels, correct = 0;
        Span<double> scores = classes <= 256 ? stackalloc double[classes] : new double[classes];
        Span<double> totals = stackalloc double[SlotLayout.Slots];
        totals = totals[..slots.ActiveSlots];
        totals.Clear();
        for (int n = 0; n < minibatch.Count; n++)
        {
            ref double total = ref totals[n / slots.SlotSize];
            var row = new ReadOnlySpan<float>(logits.ValuesOf(n), classes);
            ReadOnlySpan<float> targets = minibatch.Targets.AsSpan(n * classes, classes);
            float* gradient = logits.GradientsOf(n);
            int best = ArgMax.Of(row);
            double sum = 0, largest = best < 0 ? double.NaN : row[best];
            for (int k = 0; k < classes; k++) sum += scores[k] = Math.Exp(row[k] - largest);
            double logSum = Math.Log(sum);
            for (int k = 0; k < classes; k++)
            {
                total -= targets[k] * (row[k] - largest - logSum);
                gradient[k] = (float)((scores[k] / sum - targets[k]) / minibatch.Count);
            }

            if (best == minibatch.Labels[n]) correct++;
        }

        return new MinibatchLoss(TreeSum.Of(totals) / minibatch.Count, correct);
    }
}
