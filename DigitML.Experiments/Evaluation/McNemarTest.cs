namespace DigitML.Experiments.Evaluation;

/// <summary>
/// Whether two models that predict the same rows differ: only the rows that one of them predicts correctly and the other wrongly count. Under no difference each of
/// these is as likely the one's as the other's. McNemar 1947, with exact binomial probabilities.
/// </summary>
/// <param name="OnlyFirstRight">Rows that only the first model predicts correctly.</param>
/// <param name="OnlySecondRight">Rows that only the second model predicts correctly.</param>
public sealed record McNemarTest(int OnlyFirstRight, int OnlySecondRight)
{
    /// <summary>The probability, were there no difference, that the two counts are at least as far apart; two-sided, at most 1.</summary>
    public double PValue
    {
        get
        {
            int n = OnlyFirstRight + OnlySecondRight, fewer = Math.Min(OnlyFirstRight, OnlySecondRight);

            // Sum of C(n, i) / 2^n by logarithms, which neither overflow nor vanish.
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
