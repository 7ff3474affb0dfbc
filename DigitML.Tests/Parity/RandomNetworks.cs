using DigitML.Engine.Networks;
using DigitML.Engine.Randomness;

namespace DigitML.Tests.Parity;

/// <summary>Small networks of layers in any order: a device that joins neighbouring layers has to get every neighbourhood right.</summary>
internal static class RandomNetworks
{
    private static readonly int[] ChannelChoices = [1, 3, 8, 10, 16, 17, 32];

    /// <summary>The network that a seed decides.</summary>
    internal static ParityCase Make(ulong seed)
    {
        var random = new SeededRandom(seed, RandomPurpose.SyntheticData, 5);
        Shape input = Shape.Image(5 + random.NextInt32(7), 5 + random.NextInt32(7), 1 + random.NextInt32(3)), shape = input;
        var layers = new List<Layer>();
        int imageLayers = random.NextInt32(8);
        for (int i = 0; i < imageLayers && !shape.IsVector; i++) Add(layers, ImageLayer(shape, ref random), ref shape);
        if (!shape.IsVector) Add(layers, new Flatten(), ref shape);
        int vectorLayers = random.NextInt32(4);
        for (int i = 0; i < vectorLayers; i++) Add(layers, VectorLayer(ref random), ref shape);
        Add(layers, new Dense(2 + random.NextInt32(10), UseBias: random.NextInt32(3) > 0), ref shape);
        if (random.NextInt32(2) == 0) Add(layers, new Softmax(), ref shape);
        int count = 3 + random.NextInt32(7);
        return new ParityCase(input, [.. layers], [count, 1 + random.NextInt32(count)]);
    }

    private static void Add(List<Layer> layers, Layer layer, ref Shape shape)
    {
        layers.Add(layer);
        shape = layer.OutputShape(shape);
    }

    private static Layer ImageLayer(Shape shape, ref SeededRandom random)
    {
        Padding padding = random.NextInt32(3) == 0 ? Padding.Valid : Padding.Same;
        var window = new Size2D(1 + random.NextInt32(Math.Min(3, shape.Height)), 1 + random.NextInt32(Math.Min(3, shape.Width)));
        var stride = new Size2D(1 + random.NextInt32(2), 1 + random.NextInt32(2));
        return random.NextInt32(12) switch
        {
            <= 3 => new Conv2D(ChannelChoices[random.NextInt32(ChannelChoices.Length)], window, padding,
                random.NextInt32(3) == 0 ? stride : 1, random.NextInt32(2) == 0),
            <= 6 => new ReLU(),
            <= 8 => new BatchNorm(Epsilon: 0.01f, Center: random.NextInt32(3) > 0, Scale: random.NextInt32(3) > 0),
            9 => new MaxPool2D(window, stride, padding),
            10 => random.NextInt32(5) == 0 ? new GlobalAveragePool2D() : new AveragePool2D(window, stride, padding),
            _ => new Dropout(0.25f),
        };
    }

    private static Layer VectorLayer(ref SeededRandom random) => random.NextInt32(6) switch
    {
        0 or 1 => new Dense(1 + random.NextInt32(40), random.NextInt32(2) == 0),
        2 => new ReLU(),
        3 => new BatchNorm(Epsilon: 0.01f),
        4 => new Dropout(0.5f),
        _ => new Flatten(),
    };
}
