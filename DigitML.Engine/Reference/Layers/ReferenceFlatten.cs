using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>y[n, (c · H + h) · W + w] = x[n, c, h, w]: the values stay where they are.</summary>
internal sealed class ReferenceFlatten(NetworkLayer place) : ReferenceLayer(place, slotCount: 0)
{
    internal override ReferenceTensor Forward(ReferenceTensor x, ReferencePass pass) => Reshape(x, OutputShape);

    internal override ReferenceTensor Backward(ReferenceTensor x, ReferenceTensor dy, ReferencePass pass) => Reshape(dy, x.Shape);

    private static ReferenceTensor Reshape(ReferenceTensor x, Shape shape)
    {
        var y = new ReferenceTensor(x.N, shape);
        x.Values.CopyTo(y.Values, 0);
        return y;
    }
}
