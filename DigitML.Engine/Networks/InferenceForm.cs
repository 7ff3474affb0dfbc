using System.Collections.Immutable;

namespace DigitML.Engine.Networks;

/// <summary>
/// A trained network in the form used for prediction: without dropout, and with every batch norm folded into the convolution or dense layer before it,
/// or else into the one after it, where that gives the same function. Folding is done in double precision.
/// </summary>
internal sealed class InferenceForm
{
    private InferenceForm(NetworkWeights weights, ImmutableArray<InferenceLayer> layers)
    {
        Weights = weights;
        Layers = layers;
    }

    /// <summary>The network for prediction and its weights; weights of layers that are not folded are shared with the trained network.</summary>
    internal NetworkWeights Weights { get; }

    /// <summary>One entry per layer of that network.</summary>
    internal ImmutableArray<InferenceLayer> Layers { get; }

    /// <summary>Folds a trained network.</summary>
    /// <param name="trained">The network with its weights.</param>
    /// <param name="intoNextLayer">True to fold a batch norm with no convolution or dense layer before it into one after it.</param>
    internal static InferenceForm Of(NetworkWeights trained, bool intoNextLayer = true)
    {
        Network network = trained.Network;
        List<InferenceLayer> layers = [];
        for (int i = 0; i < network.Layers.Length; i++)
        {
            NetworkLayer place = network.Layers[i];
            if (place.Layer is Dropout) continue;
            layers.Add(new InferenceLayer(place, [.. trained.OfLayer(i).Select(tensor => tensor.Values)], IsFolded: false));
        }

        for (int i = 0; i < layers.Count; i++)
        {
            if (layers[i].Source.Layer is not BatchNorm) continue;
            FoldedBatchNorm batchNorm = FoldedBatchNorm.Of(layers[i]);
            if (i > 0 && batchNorm.AfterLinear(layers[i - 1]) is { } before)
            {
                layers[i - 1] = before;
            }
            else if (intoNextLayer && i + 1 < layers.Count && batchNorm.BeforeLinear(layers[i + 1]) is { } after)
            {
                layers[i + 1] = after;
            }
            else
            {
                continue;
            }

            layers.RemoveAt(i--);
        }

        // A network of nothing but dropout is the identity; it still needs a layer.
        if (layers.Count == 0) layers.Add(new InferenceLayer(network.Layers[^1], [], IsFolded: false));
        var folded = new Network(network.Name, network.InputShape, layers.Select(layer => layer.Layer));
        return new InferenceForm(new NetworkWeights(folded, [.. layers.SelectMany(layer => layer.Values.AsEnumerable())]), [.. layers]);
    }
}

/// <summary>A layer of the inference form.</summary>
/// <param name="Source">The trained layer it comes from.</param>
/// <param name="Values">The values of its parameters, in their order.</param>
/// <param name="IsFolded">True if a batch norm is folded into it; it then has a bias, and its values differ from those of its source.</param>
internal sealed record InferenceLayer(NetworkLayer Source, ImmutableArray<float[]> Values, bool IsFolded)
{
    /// <summary>The layer itself: its source, with a bias if a batch norm is folded into it.</summary>
    internal Layer Layer => Source.Layer switch
    {
        Conv2D conv when IsFolded => conv with { UseBias = true },
        Dense dense when IsFolded => dense with { UseBias = true },
        Layer layer => layer,
    };
}
