using DigitML.Engine.Networks;
using DigitML.Engine.Randomness;

namespace DigitML.Engine.Reference;

/// <summary>While training y = 0 where the mask drops and x / (1 − rate) elsewhere; otherwise y = x.</summary>
internal sealed class ReferenceDropout(Dropout layer, NetworkLayer place, int layerIndex) : ReferenceLayer(place, slotCount: 0)
{
    internal override ReferenceTensor Forward(ReferenceTensor x, ReferencePass pass) => Apply(x, pass);

    internal override ReferenceTensor Backward(ReferenceTensor x, ReferenceTensor dy, ReferencePass pass) => Apply(dy, pass);

    private ReferenceTensor Apply(ReferenceTensor x, ReferencePass pass)
    {
        if (!pass.IsTraining) return x;
        var mask = new DropoutMask(layer.Rate, pass.Seed, pass.Step, layerIndex);
        var y = new ReferenceTensor(x.N, x.Shape);
        for (int i = 0; i < x.Values.Length; i++) y.Values[i] = mask.IsDropped((uint)i) ? 0 : x.Values[i] * mask.KeepScale;
        return y;
    }
}
