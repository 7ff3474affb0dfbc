using System.Collections.Immutable;

namespace DigitML.Engine.Networks;

/// <summary>
/// A sequence of layers for one input shape, checked as a whole when it is built. Immutable; it holds no weights (see <see cref="NetworkWeights"/>).
/// </summary>
public sealed class Network
{
    /// <summary>Builds and checks a network.</summary>
    /// <param name="name">Its name, shown in tables and files.</param>
    /// <param name="inputShape">Shape of one input sample.</param>
    /// <param name="layers">The layers in order; the last one (before a Softmax) gives one logit per class.</param>
    /// <exception cref="DigitMLException">There are no layers, a layer does not accept its input, the output is not a vector, or an input, an output or the parameters have more values than an array can hold.</exception>
    public Network(string name, Shape inputShape, IEnumerable<Layer> layers)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(layers);
        Name = name;
        InputShape = inputShape;
        Layers = Connect(inputShape, [.. layers]);
        if (Layers.IsEmpty) throw new DigitMLException($"Network \"{name}\" has no layers; it needs at least one.");
        if (!OutputShape.IsVector)
        {
            throw new DigitMLException($"Network \"{name}\" ends in an image of {OutputShape}; end it with Flatten, GlobalAveragePool2D or Dense.");
        }
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Shape of one input sample.</summary>
    public Shape InputShape { get; }

    /// <summary>The layers in order, each with its name, shapes and parameters.</summary>
    public ImmutableArray<NetworkLayer> Layers { get; }

    /// <summary>Shape of the last layer's output: a vector of one value per class.</summary>
    public Shape OutputShape => Layers[^1].OutputShape;

    /// <summary>Number of classes.</summary>
    public int ClassCount => OutputShape.Channels;

    /// <summary>Number of values that the optimizer changes.</summary>
    public int TrainableParameterCount => Layers.Sum(layer => layer.Parameters.Where(p => p.IsTrainable).Sum(p => p.Size));

    /// <summary>Number of values that are kept but not trained: batch norm's running statistics.</summary>
    public int NonTrainableParameterCount => Layers.Sum(layer => layer.Parameters.Where(p => !p.IsTrainable).Sum(p => p.Size));

    private static ImmutableArray<NetworkLayer> Connect(Shape shape, ImmutableArray<Layer> layers)
    {
        var connected = ImmutableArray.CreateBuilder<NetworkLayer>(layers.Length);
        CheckSize("The input", SizeOf(shape));
        double parameterCount = 0;
        var seen = new Dictionary<string, int>();
        for (int i = 0; i < layers.Length; i++)
        {
            Layer layer = layers[i] ?? throw new ArgumentException($"Layer {i + 1} is null.", nameof(layers));
            seen.TryGetValue(layer.Kind, out int count);
            seen[layer.Kind] = count + 1;
            string name = count == 0 ? layer.Kind : $"{layer.Kind}_{count}";
            if (layer is Softmax && i != layers.Length - 1)
            {
                throw new DigitMLException($"Layer {i + 1} ({name}): Softmax can only be the last layer of a network.");
            }

            if (layer is Resizing && i > 0) throw new DigitMLException($"Layer {i + 1} ({name}): Resizing can only be the first layer of a network.");

            Shape output;
            try
            {
                output = layer.OutputShape(shape);
            }
            catch (DigitMLException e)
            {
                throw new DigitMLException($"Layer {i + 1} ({name}): {e.Message}", e);
            }

            ImmutableArray<ParameterSpec> parameters = layer.Parameters(shape);
            CheckSize($"Layer {i + 1} ({name}): its output", SizeOf(output));
            foreach (ParameterSpec spec in parameters) CheckSize($"Layer {i + 1} ({name}): its {spec.Name}", SizeOf(spec.Dims));
            parameterCount += parameters.Sum(spec => SizeOf(spec.Dims));
            CheckSize($"Layer {i + 1} ({name}): the parameters up to here", parameterCount);
            connected.Add(new NetworkLayer(name, layer, shape, output, parameters));
            shape = output;
        }

        return connected.ToImmutable();
    }

    private static double SizeOf(Shape shape) => (double)shape.Height * shape.Width * shape.Channels;

    private static double SizeOf(ImmutableArray<int> dims)
    {
        double size = 1;
        foreach (int dim in dims) size *= dim;
        return size;
    }

    private static void CheckSize(string what, double size)
    {
        if (size > Array.MaxLength) throw new DigitMLException($"{what} would have {size:N0} values; no more than {Array.MaxLength:N0} are possible.");
    }
}

/// <summary>A layer and its place in a network.</summary>
/// <param name="Name">Unique name in the network, numbered as in Keras: "conv2d", "conv2d_1".</param>
/// <param name="Layer">The layer.</param>
/// <param name="InputShape">Shape of its input.</param>
/// <param name="OutputShape">Shape of its output.</param>
/// <param name="Parameters">Its parameters.</param>
public sealed record NetworkLayer(string Name, Layer Layer, Shape InputShape, Shape OutputShape, ImmutableArray<ParameterSpec> Parameters)
{
    /// <summary>Number of values in its parameters, trained or not.</summary>
    public int ParameterCount => Parameters.Sum(p => p.Size);
}
