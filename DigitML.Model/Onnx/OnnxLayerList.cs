using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Model.Files;
using DigitML.Model.Networks;

namespace DigitML.Model.Onnx;

/// <summary>The layers read so far, with their weights and output shape.</summary>
internal sealed class OnnxLayerList
{
    // One number in the file becomes four per channel; a bound keeps a small file from taking much memory.
    private const int MaximumAffineChannels = 1 << 16;

    private readonly List<ReadLayer> layers = [];
    private Shape input;

    // The network takes flattened images: they are treated as images as close to square as possible, with a Flatten first.
    private bool isRowInput;

    /// <summary>An empty list for an input: an image or a row of pixels.</summary>
    internal OnnxLayerList(Shape input)
    {
        Shape = input;
        this.input = input;
        if (!input.IsVector) return;
        int side = (int)Math.Sqrt(input.Channels);
        this.input = side * side == input.Channels ? Shape.Image(side, side, 1) : Shape.Image(1, input.Channels, 1);
        isRowInput = true;
        layers.Add(new ReadLayer(new Flatten(), []));
    }

    /// <summary>The output shape of the last layer.</summary>
    internal Shape Shape { get; private set; }

    /// <summary>"an image of 28x28x1" or "a vector of 784".</summary>
    internal string ShapeText => Shape.IsVector ? $"a vector of {Shape}" : $"an image of {Shape}";

    /// <summary>The factor and offset applied to the input so far.</summary>
    internal PixelNormalization Normalization { get; private set; } = new(1, 0);

    private bool IsAtInput => layers.Count == (isRowInput ? 1 : 0);

    /// <summary>Adds a layer with the values of its parameters.</summary>
    /// <exception cref="DigitMLException">The layer does not accept the output of the last one.</exception>
    internal void Add(OnnxNode node, Layer layer, params float[][] values)
    {
        try
        {
            Shape = layer.OutputShape(Shape);
            NetworkLimits.Check("Its result", Shape);
        }
        catch (DigitMLException failure)
        {
            throw node.Failure($"cannot be run: {failure.Message.TrimEnd('.')}");
        }

        layers.Add(new ReadLayer(layer, values));
    }

    /// <summary>Flattens an image to a vector.</summary>
    internal void Flatten(OnnxNode node)
    {
        if (Shape is { IsVector: false, Height: 1, Width: 1 }) FlattenPoint();
        else if (!Shape.IsVector) Add(node, new Flatten());
    }

    /// <summary>Flattens a 1x1 image to a vector, as DigitML's global average pool does.</summary>
    internal void FlattenPoint()
    {
        if (Shape is not { IsVector: false, Height: 1, Width: 1 }) return;
        bool isGlobal = layers.Count > 0 && layers[^1].Layer is AveragePool2D pool && pool.Padding == Padding.Valid && pool.PoolSize == LastInput();
        if (isGlobal) layers[^1] = new ReadLayer(new GlobalAveragePool2D(), []);
        else layers.Add(new ReadLayer(new Flatten(), []));
        Shape = Shape.Vector(Shape.Channels);
    }

    /// <summary>Reshapes a row of pixels to an image if no layer has used it yet; otherwise does nothing and returns false.</summary>
    internal bool TryShapeInput(long height, long width)
    {
        if (!isRowInput || !IsAtInput || height < 1 || width < 1 || height > Shape.Channels || height * width != Shape.Channels) return false;
        isRowInput = false;
        layers.Clear();
        Shape = input = Shape.Image((int)height, (int)width, 1);
        return true;
    }

    /// <summary>
    /// Adds a factor and an offset per channel; null stands for factors of 1 or offsets of 0. At the input they become the normalisation;
    /// after a convolution or dense layer they are folded into it where that is exact; elsewhere they become a batch norm.
    /// </summary>
    internal void AddAffine(OnnxNode node, double[]? factors, double[]? offsets)
    {
        if (IsAtInput)
        {
            Normalize(node, factors, offsets);
            return;
        }

        var (layer, values) = layers[^1];
        if (factors is null && layer is Conv2D { UseBias: false } or Dense { UseBias: false })
        {
            Layer withBias = layer is Conv2D conv ? conv with { UseBias = true } : (Dense)layer with { UseBias = true };
            layers[^1] = new ReadLayer(withBias, [values[0], Round(node, offsets!)]);
            return;
        }

        int channels = Shape.Channels;
        if (channels > MaximumAffineChannels)
        {
            throw node.Failure($"has {DisplayText.Count(channels, "channel")}; DigitML supports up to {DisplayText.Count(MaximumAffineChannels, "channel")}");
        }

        // With a running mean of 0 and a variance of 1, gamma and beta are the factor and the offset; 1 + epsilon rounds to 1.
        float[] gamma = Round(node, factors ?? Filled(channels, 1)), beta = Round(node, offsets ?? Filled(channels, 0)), variance = Round(node, Filled(channels, 1));
        Add(node, new BatchNorm(Epsilon: 1e-12f), gamma, beta, new float[channels], variance);
    }

    /// <summary>The layers as a network.</summary>
    /// <exception cref="DigitMLException">There are none, or the last one outputs an image.</exception>
    internal Network ToNetwork(string name) => new(name, input, layers.Select(entry => entry.Layer));

    /// <summary>Their values as the weights of that network.</summary>
    internal NetworkWeights ToWeights(Network network) => new(network, [.. layers.SelectMany(entry => entry.Values)]);

    private void Normalize(OnnxNode node, double[]? factors, double[]? offsets)
    {
        double factor = factors?[0] ?? 1, offset = offsets?[0] ?? 0;
        if (!AreAll(factors, factor) || !AreAll(offsets, offset))
        {
            throw node.Failure("has a different constant for each pixel; DigitML normalises all pixels alike");
        }

        Normalization = new PixelNormalization(node.Single(Normalization.Scale * factor), node.Single(Normalization.Offset * factor + offset));
    }

    private Size2D LastInput()
    {
        Shape shape = input;
        for (int i = 0; i < layers.Count - 1; i++) shape = layers[i].Layer.OutputShape(shape);
        return new Size2D(shape.Height, shape.Width);
    }

    private static bool AreAll(double[]? values, double value)
    {
        foreach (double other in values ?? [])
        {
            if (other != value) return false;
        }

        return true;
    }

    private static float[] Round(OnnxNode node, double[] values) => Array.ConvertAll(values, node.Single);

    private static double[] Filled(int count, double value)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }

    private sealed record ReadLayer(Layer Layer, float[][] Values);
}
