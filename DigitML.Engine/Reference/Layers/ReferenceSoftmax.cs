using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>y[n, k] = exp(x[n, k]) / Σ exp(x[n, j]). The largest x is subtracted first, which keeps exp in range and does not change the result.</summary>
internal sealed class ReferenceSoftmax(NetworkLayer place) : ReferenceLayer(place, slotCount: 0)
{
    internal override ReferenceTensor Forward(ReferenceTensor x, ReferencePass pass) => Apply(x);

    internal override ReferenceTensor Backward(ReferenceTensor x, ReferenceTensor dy, ReferencePass pass)
    {
        ReferenceTensor y = Apply(x);
        var dx = new ReferenceTensor(x.N, x.Shape);
        for (int n = 0; n < x.N; n++)
        {
            double mean = 0;
            for (int k = 0; k < x.C; k++) mean += y[n, k] * dy[n, k];
            for (int k = 0; k < x.C; k++) dx[n, k] = y[n, k] * (dy[n, k] - mean);
        }

        return dx;
    }

    /// <summary>The softmax of each sample's features.</summary>
    internal static ReferenceTensor Apply(ReferenceTensor x)
    {
        var y = new ReferenceTensor(x.N, x.Shape);
        for (int n = 0; n < x.N; n++)
        {
            double largest = double.NegativeInfinity, sum = 0;
            for (int k = 0; k < x.C; k++) largest = Math.Max(largest, x[n, k]);
            for (int k = 0; k < x.C; k++) sum += Math.Exp(x[n, k] - largest);
            for (int k = 0; k < x.C; k++) y[n, k] = Math.Exp(x[n, k] - largest) / sum;
        }

        return y;
    }
}
