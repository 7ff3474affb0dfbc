using DigitML.Engine.Devices;

namespace DigitML.Engine.Reference;

/// <summary>
/// Softmax cross-entropy of logits z with target distributions t, mean over the N samples:
/// L = (1/N) Σ_n Σ_k t[n, k] · (log Σ_j exp(z[n, j]) − z[n, k]); its gradient with respect to z[n, k] is (p[n, k] − t[n, k]) / N with p = softmax(z),
/// as each sample's targets sum to 1.
/// </summary>
internal static class ReferenceCrossEntropy
{
    /// <summary>The loss, the number of samples whose largest logit is that of their label, and the gradient with respect to the logits.</summary>
    /// <param name="logits">N x K values.</param>
    /// <param name="targets">N x K values.</param>
    /// <param name="labels">N keys.</param>
    internal static (MinibatchLoss Loss, ReferenceTensor Gradient) Evaluate(ReferenceTensor logits, ReferenceTensor targets, ReadOnlySpan<int> labels)
    {
        ReferenceTensor p = ReferenceSoftmax.Apply(logits);
        var gradient = new ReferenceTensor(logits.N, logits.Shape);
        double total = 0;
        int correct = 0;
        for (int n = 0; n < logits.N; n++)
        {
            double logSumExp = LogSumExp(logits, n);
            for (int k = 0; k < logits.C; k++)
            {
                total += targets[n, k] * (logSumExp - logits[n, k]);
                gradient[n, k] = (p[n, k] - targets[n, k]) / logits.N;
            }

            if (IndexOfLargest(logits, n) == labels[n]) correct++;
        }

        return (new MinibatchLoss(total / logits.N, correct), gradient);
    }

    private static double LogSumExp(ReferenceTensor logits, int n)
    {
        double largest = logits[n, IndexOfLargest(logits, n)], sum = 0;
        for (int k = 0; k < logits.C; k++) sum += Math.Exp(logits[n, k] - largest);
        return largest + Math.Log(sum);
    }

    private static int IndexOfLargest(ReferenceTensor logits, int n)
    {
        int index = 0;
        for (int k = 1; k < logits.C; k++)
        {
            if (logits[n, k] > logits[n, index]) index = k;
        }

        return index;
    }
}
