using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>y = max(0, x); the gradient at 0 is 0.</summary>
internal sealed class ReferenceReLU(NetworkLayer place) : ReferenceLayer(place, slotCount: 0)
{
    internal override ReferenceTensor Forward(ReferenceTensor x, ReferencePass pass)
    {
        var y = new ReferenceTensor(x.N, OutputShape);
        for (int i = 0; i < x.Values.Length; i++) y.Values[i] = Math.Max(0, x.Values[i]);
        return y;
    }

    internal override ReferenceTensor Backward(ReferenceTensor x, ReferenceTensor dy, ReferencePass pass)
    {
        var dx = new ReferenceTensor(x.N, x.Shape);
        for (int i = 0; i < x.Values.Length; i++) dx.Values[i] = x.Values[i] > 0 ? dy.Values[i] : 0;
        return dx;
    }
}
