using DigitML.Engine.Devices;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>Prediction with the reference layers. Unlike other devices' programs, it allocates.</summary>
internal sealed class ReferenceInferenceProgram : IInferenceProgram
{
    private readonly ReferenceNetwork network;

    internal ReferenceInferenceProgram(NetworkWeights weights)
    {
        network = new ReferenceNetwork(weights.Network);
        network.Load(weights);
    }

    /// <inheritdoc/>
    public void Load(NetworkWeights weights) => network.Load(weights);

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> images, int count, Span<float> scores)
    {
        var x = ReferenceTensor.From(images, count, network.Network.InputShape);
        ReferenceTensor softmax = ReferenceSoftmax.Apply(network.Forward(x, ReferencePass.Inference)[^1]);
        for (int i = 0; i < softmax.Values.Length; i++) scores[i] = (float)softmax.Values[i];
    }

    /// <inheritdoc/>
    public void Dispose() { }
}
