using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>y[n, c, i, j] = the mean of x over the positions of the window at i, j that are inside the image.</summary>
internal sealed class ReferenceAveragePool2D(AveragePool2D layer, NetworkLayer place) : ReferenceLayer(place, slotCount: 0)
{
    private readonly Size2D window = layer.PoolSize, stride = layer.Stride;
    private readonly Margins margins = layer.Padding.Resolve(place.InputShape.Height, place.InputShape.Width, layer.PoolSize, layer.Stride);

    internal override ReferenceTensor Forward(ReferenceTensor x, ReferencePass pass)
    {
        var y = new ReferenceTensor(x.N, OutputShape);
        for (int n = 0; n < y.N; n++)
            for (int c = 0; c < y.C; c++)
                for (int i = 0; i < y.H; i++)
                    for (int j = 0; j < y.W; j++)
                    {
                        var (top, bottom, left, right) = Inside(x, i, j);
                        double sum = 0;
                        for (int row = top; row < bottom; row++)
                            for (int column = left; column < right; column++) sum += x[n, c, row, column];
                        y[n, c, i, j] = sum / ((bottom - top) * (right - left));
                    }

        return y;
    }

    internal override ReferenceTensor Backward(ReferenceTensor x, ReferenceTensor dy, ReferencePass pass)
    {
        var dx = new ReferenceTensor(x.N, x.Shape);
        for (int n = 0; n < dy.N; n++)
            for (int c = 0; c < dy.C; c++)
                for (int i = 0; i < dy.H; i++)
                    for (int j = 0; j < dy.W; j++)
                    {
                        var (top, bottom, left, right) = Inside(x, i, j);
                        double share = dy[n, c, i, j] / ((bottom - top) * (right - left));
                        for (int row = top; row < bottom; row++)
                            for (int column = left; column < right; column++) dx[n, c, row, column] += share;
                    }

        return dx;
    }

    private (int Top, int Bottom, int Left, int Right) Inside(ReferenceTensor x, int i, int j)
    {
        int top = i * stride.Height - margins.Top, left = j * stride.Width - margins.Left;
        return (Math.Max(top, 0), Math.Min(top + window.Height, x.H), Math.Max(left, 0), Math.Min(left + window.Width, x.W));
    }
}
