using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>y[n, o] = b[o] + Σ w[o, i] · x[n, i].</summary>
internal sealed class ReferenceDense(NetworkLayer place, int slotCount) : ReferenceLayer(place, slotCount)
{
    internal override ReferenceTensor Forward(ReferenceTensor x, ReferencePass pass)
    {
        double[] w = Get(ParameterRole.Weight).Values;
        double[]? b = Find(ParameterRole.Bias)?.Values;
        var y = new ReferenceTensor(x.N, OutputShape);
        for (int n = 0; n < y.N; n++)
            for (int o = 0; o < y.C; o++)
            {
                double sum = b is null ? 0 : b[o];
                for (int i = 0; i < x.C; i++) sum += w[o * x.C + i] * x[n, i];
                y[n, o] = sum;
            }

        return y;
    }

    internal override ReferenceTensor Backward(ReferenceTensor x, ReferenceTensor dy, ReferencePass pass)
    {
        double[] w = Get(ParameterRole.Weight).Values, dw = Get(ParameterRole.Weight).Gradient;
        double[]? db = Find(ParameterRole.Bias)?.Gradient;
        var dx = new ReferenceTensor(x.N, x.Shape);
        Array.Clear(dw);
        if (db is not null) Array.Clear(db);
        for (int n = 0; n < dy.N; n++)
            for (int o = 0; o < dy.C; o++)
            {
                double g = dy[n, o];
                if (db is not null) db[o] += g;
                for (int i = 0; i < x.C; i++)
                {
                    dw[o * x.C + i] += g * x[n, i];
                    dx[n, i] += g * w[o * x.C + i];
                }
            }

        return dx;
    }
}
