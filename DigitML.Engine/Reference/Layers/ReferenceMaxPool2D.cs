using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>y[n, c, i, j] = the largest x of the window at i, j; on a tie the first in row order, which alone gets the gradient.</summary>
internal sealed class ReferenceMaxPool2D(MaxPool2D layer, NetworkLayer place) : ReferenceLayer(place, slotCount: 0)
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
                        var (row, column) = Winner(x, n, c, i, j);
                        y[n, c, i, j] = x[n, c, row, column];
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
                        var (row, column) = Winner(x, n, c, i, j);
                        dx[n, c, row, column] += dy[n, c, i, j];
                    }

        return dx;
    }

    private (int Row, int Column) Winner(ReferenceTensor x, int n, int c, int i, int j)
    {
        var winner = (Row: -1, Column: -1);
        for (int ky = 0; ky < window.Height; ky++)
            for (int kx = 0; kx < window.Width; kx++)
            {
                int row = i * stride.Height + ky - margins.Top, column = j * stride.Width + kx - margins.Left;
                if (row < 0 || row >= x.H || column < 0 || column >= x.W) continue;
                if (winner.Row < 0 || x[n, c, row, column] > x[n, c, winner.Row, winner.Column]) winner = (row, column);
            }

        return winner;
    }
}
