using System.Collections.Immutable;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>A network compiled into reference layers. A Softmax at its end is left out: the loss and the scores apply it.</summary>
internal sealed class ReferenceNetwork(Network network, int slotCount = 0)
{
    /// <summary>The network this came from.</summary>
    internal Network Network { get; } = network;

    /// <summary>The layers in order; the index is the same as in <see cref="Network.Layers"/>.</summary>
    internal ImmutableArray<ReferenceLayer> Layers { get; } =
        [.. network.Layers.Where(place => place.Layer is not Softmax).Select((place, index) => ReferenceCompiler.Compile(place, index, slotCount))];

    /// <summary>All parameters in the order of <see cref="NetworkWeights.Tensors"/>.</summary>
    internal IEnumerable<ReferenceParameter> Parameters => Layers.SelectMany(layer => layer.Parameters);

    /// <summary>The input of every layer in order, and the logits at the end.</summary>
    internal ImmutableArray<ReferenceTensor> Forward(ReferenceTensor x, ReferencePass pass)
    {
        var values = ImmutableArray.CreateBuilder<ReferenceTensor>(Layers.Length + 1);
        values.Add(x);
        foreach (ReferenceLayer layer in Layers) values.Add(layer.Forward(values[^1], pass));
        return values.ToImmutable();
    }

    /// <summary>Sets the gradients of all parameters and returns that of the input, given the result of <see cref="Forward"/> and the
    /// gradient with respect to the logits.</summary>
    internal ReferenceTensor Backward(ImmutableArray<ReferenceTensor> values, ReferenceTensor dLogits, ReferencePass pass)
    {
        ReferenceTensor gradient = dLogits;
        for (int i = Layers.Length - 1; i >= 0; i--) gradient = Layers[i].Backward(values[i], gradient, pass);
        return gradient;
    }

    /// <summary>Loads the values of all parameters.</summary>
    internal void Load(NetworkWeights weights)
    {
        foreach (var (parameter, tensor) in Parameters.Zip(weights.Tensors))
        {
            for (int i = 0; i < tensor.Values.Length; i++) parameter.Values[i] = tensor.Values[i];
        }
    }
}
