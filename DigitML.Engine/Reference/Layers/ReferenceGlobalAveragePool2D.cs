using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>y[n, c] = the mean of x[n, c, h, w] over h and w.</summary>
internal sealed class ReferenceGlobalAveragePool2D(NetworkLayer place) : ReferenceLayer(place, slotCount: 0)
{
    internal override ReferenceTensor Forward(ReferenceTensor x, ReferencePass pass)
    {
        var y = new ReferenceTensor(x.N, OutputShape);
        for (int n = 0; n < x.N; n++)
            for (int c = 0; c < x.C; c++)
            {
                double sum = 0;
                for (int h = 0; h < x.H; h++)
                    for (int w = 0; w < x.W; w++) sum += x[n, c, h, w];
                y[n, c] = sum / (x.H * x.W);
            }

        return y;
    }

    internal override ReferenceTensor Backward(ReferenceTensor x, ReferenceTensor dy, ReferencePass pass)
    {
        var dx = new ReferenceTensor(x.N, x.Shape);
        for (int n = 0; n < x.N; n++)
            for (int c = 0; c < x.C; c++)
                for (int h = 0; h < x.H; h++)
                    for (int w = 0; w < x.W; w++) dx[n, c, h, w] = dy[n, c] / (x.H * x.W);
        return dx;
    }
}
