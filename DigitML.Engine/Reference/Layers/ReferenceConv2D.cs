using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>y[n, o, i, j] = b[o] + Σ w[o, c, ky, kx] · x[n, c, i·sy + ky − top, j·sx + kx − left], with x = 0 beyond its border.</summary>
internal sealed class ReferenceConv2D(Conv2D layer, NetworkLayer place, int slotCount) : ReferenceLayer(place, slotCount)
{
    private readonly Size2D kernel = layer.KernelSize, stride = layer.Stride;
    private readonly Margins margins = layer.Padding.Resolve(place.InputShape.Height, place.InputShape.Width, layer.KernelSize, layer.Stride);

    internal override ReferenceTensor Forward(ReferenceTensor x, ReferencePass pass)
    {
        double[] w = Get(ParameterRole.Weight).Values;
        double[]? b = Find(ParameterRole.Bias)?.Values;
        var y = new ReferenceTensor(x.N, OutputShape);
        for (int n = 0; n < y.N; n++)
            for (int o = 0; o < y.C; o++)
                for (int i = 0; i < y.H; i++)
                    for (int j = 0; j < y.W; j++)
                    {
                        double sum = b is null ? 0 : b[o];
                        for (int c = 0; c < x.C; c++)
                            for (int ky = 0; ky < kernel.Height; ky++)
                                for (int kx = 0; kx < kernel.Width; kx++)
                                {
                                    int row = i * stride.Height + ky - margins.Top, column = j * stride.Width + kx - margins.Left;
                                    if (IsInside(x, row, column)) sum += w[WeightIndex(o, c, ky, kx, x.C)] * x[n, c, row, column];
                                }

                        y[n, o, i, j] = sum;
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
                for (int i = 0; i < dy.H; i++)
                    for (int j = 0; j < dy.W; j++)
                    {
                        double g = dy[n, o, i, j];
                        if (db is not null) db[o] += g;
                        for (int c = 0; c < x.C; c++)
                            for (int ky = 0; ky < kernel.Height; ky++)
                                for (int kx = 0; kx < kernel.Width; kx++)
                                {
                                    int row = i * stride.Height + ky - margins.Top, column = j * stride.Width + kx - margins.Left;
                                    if (!IsInside(x, row, column)) continue;
                                    dw[WeightIndex(o, c, ky, kx, x.C)] += g * x[n, c, row, column];
                                    dx[n, c, row, column] += g * w[WeightIndex(o, c, ky, kx, x.C)];
                                }
                    }

        return dx;
    }

    private static bool IsInside(ReferenceTensor x, int row, int column) => row >= 0 && row < x.H && column >= 0 && column < x.W;

    private int WeightIndex(int o, int c, int ky, int kx, int channels) => ((o * channels + c) * kernel.Height + ky) * kernel.Width + kx;
}
