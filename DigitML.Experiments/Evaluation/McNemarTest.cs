namespace DigitML.Experiments.Evaluation;

/// <summary>
/// Tests whether two models that predict the same rows differ in accuracy. Only the rows that exactly one of them predicts correctly count. If there is no difference, each of
/// these rows is equally likely to be either model's. McNemar 1947, with exact binomial probabilities.
/// </summary>
/// <param name="OnlyFirstRight">Number of rows that only the first model predicts correctly.</param>
/// <param name="OnlySecondRight">Number of rows that only the second model predicts correctly.</param>
public sealed record McNemarTest(int OnlyFirstRight, int OnlySecondRight)
{
    /// <summary>The two-sided p-value: the probability, if there is no difference, that the two counts are at least this far apart; at most 1.</summary>
    public double PValue
    {
        get
        {
            int n = OnlyFirstRight + OnlySecondRight, fewer = Math.Min(OnlyFirstRight, OnlySecondRight);

            // Sum of C(n, i) / 2^n in logarithms, to avoid overflow and underflow.
            double logChoose = 0, sum = 0;
            for (int i = 0; i <= fewer; i++)
            {
                if (i > 0) logChoose += Math.Log(n - i + 1) - Math.Log(i);
                sum += Math.Exp(logChoose - n * Math.Log(2));
            }

            return Math.Min(1, 2 * sum);
        }
    }
}
