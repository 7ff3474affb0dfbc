using System.Collections.Immutable;

namespace DigitML.Engine.Networks;

/// <summary>
/// Values for every parameter of a network, in the layout of their <see cref="ParameterSpec"/>. Also holds what has one value per parameter,
/// such as an optimizer's moments.
/// </summary>
public sealed class NetworkWeights
{
    private readonly ImmutableArray<ImmutableArray<WeightTensor>> byLayer;

    /// <summary>All zeros.</summary>
    public NetworkWeights(Network network)
    {
        Network = network;
        byLayer = [.. network.Layers.Select(layer => layer.Parameters
            .Select(spec => new WeightTensor($"{layer.Name}.{spec.Name}", spec, new float[spec.Size])).ToImmutableArray())];
        Tensors = [.. byLayer.SelectMany(tensors => tensors)];
    }

    /// <summary>The network these belong to.</summary>
    public Network Network { get; }

    /// <summary>All tensors in layer order.</summary>
    public ImmutableArray<WeightTensor> Tensors { get; }

    /// <summary>The tensors of layer <paramref name="layerIndex"/>, in the order of its parameters.</summary>
    public ImmutableArray<WeightTensor> OfLayer(int layerIndex) => byLayer[layerIndex];

    /// <summary>Copies all values from weights of the same network.</summary>
    public void CopyFrom(NetworkWeights source)
    {
        for (int i = 0; i < Tensors.Length; i++) source.Tensors[i].Values.CopyTo(Tensors[i].Values, 0);
    }
}

/// <summary>The values of one parameter.</summary>
/// <param name="Name">Layer and parameter: "conv2d_1.weight".</param>
/// <param name="Spec">Its role and sizes.</param>
/// <param name="Values">Row-major values in the sizes of <paramref name="Spec"/>.</param>
public sealed record WeightTensor(string Name, ParameterSpec Spec, float[] Values);
