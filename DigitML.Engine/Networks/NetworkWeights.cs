using System.Collections.Immutable;

namespace DigitML.Engine.Networks;

/// <summary>
/// Values for every parameter of a network, in the layout of their <see cref="ParameterSpec"/>. Also holds other sets of values of the same shapes,
/// such as an optimizer's moments.
/// </summary>
public sealed class NetworkWeights
{
    private readonly ImmutableArray<WeightTensor>[] byLayer;

    /// <summary>Creates weights that are all 0.</summary>
    public NetworkWeights(Network network) : this(network ?? throw new ArgumentNullException(nameof(network)), (_, spec) => new float[spec.Size]) { }

    /// <summary>Wraps the given values, without copying them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="values">One array per parameter, in layer order.</param>
    /// <exception cref="ArgumentException">There is not one array per parameter, or an array differs in length from its parameter.</exception>
    public NetworkWeights(Network network, IReadOnlyList<float[]> values)
        : this(
            network ?? throw new ArgumentNullException(nameof(network)),
            (place, spec) => place < (values ?? throw new ArgumentNullException(nameof(values))).Count && values[place]?.Length == spec.Size ? values[place]
            : throw new ArgumentException($"There is no array of {spec.Size} values for parameter {place + 1}, {spec.Name}.", nameof(values)))
    {
        if (values.Count != Tensors.Length) throw new ArgumentException($"There are {values.Count} arrays for {Tensors.Length} parameters.", nameof(values));
    }

    private NetworkWeights(Network network, Func<int, ParameterSpec, float[]> valuesOf)
    {
        Network = network;
        byLayer = new ImmutableArray<WeightTensor>[network.Layers.Length];
        var all = new List<WeightTensor>();
        for (int i = 0; i < byLayer.Length; i++)
        {
            NetworkLayer layer = network.Layers[i];
            int first = all.Count;
            foreach (ParameterSpec spec in layer.Parameters) all.Add(new WeightTensor($"{layer.Name}.{spec.Name}", spec, valuesOf(all.Count, spec)));
            byLayer[i] = [.. all.Skip(first)];
        }

        Tensors = [.. all];
    }

    /// <summary>The network these belong to.</summary>
    public Network Network { get; }

    /// <summary>All tensors in layer order.</summary>
    public ImmutableArray<WeightTensor> Tensors { get; }

    /// <summary>The tensors of layer <paramref name="layerIndex"/>, in the order of its parameters.</summary>
    public ImmutableArray<WeightTensor> OfLayer(int layerIndex) => byLayer[layerIndex];

    /// <summary>Copies all values from weights of a network with the same layers.</summary>
    /// <exception cref="ArgumentException">A tensor of <paramref name="source"/> has another size.</exception>
    public void CopyFrom(NetworkWeights source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.Tensors.Select(tensor => tensor.Values.Length).SequenceEqual(Tensors.Select(tensor => tensor.Values.Length)))
        {
            throw new ArgumentException($"The weights belong to network \"{source.Network.Name}\", whose parameters differ from those of \"{Network.Name}\".", nameof(source));
        }

        for (int i = 0; i < Tensors.Length; i++) source.Tensors[i].Values.CopyTo(Tensors[i].Values, 0);
    }
}

/// <summary>The values of one parameter.</summary>
/// <param name="Name">Layer and parameter: "conv2d_1.weight".</param>
/// <param name="Spec">Its role and dimensions.</param>
/// <param name="Values">The values in row-major order, with the dimensions of <paramref name="Spec"/>.</param>
public sealed record WeightTensor(string Name, ParameterSpec Spec, float[] Values);
