using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Engine.Randomness;
using DigitML.Model;
using DigitML.Model.Contents;

namespace DigitML.Tests.Model;

/// <summary>Small models with weights that look trained: every value random, batch norm's statistics far from their start.</summary>
internal static class TestModels
{
    internal static readonly PixelNormalization Normalization = new(0.0127f, -0.4242f);

    /// <summary>Batch norm behind a convolution, behind a rectifier, before padding, without gamma or beta; every pooling; dropout.</summary>
    internal static readonly Network Everything = new("everything", Shape.Image(14, 13, 1),
    [
        new Conv2D(4, new Size2D(3, 2), Padding.Same, UseBias: false), new BatchNorm(Epsilon: 1e-3f), new ReLU(), new BatchNorm(Scale: false),
        new Conv2D(6, 3, Padding.Of(0, 1, 2, 0), Stride: new Size2D(1, 2)), new ReLU(), new BatchNorm(Center: false), new MaxPool2D(3, 2, Padding.Same),
        new Dropout(0.25f), new AveragePool2D(2, 1, Padding.Of(1, 0, 0, 1)), new ReLU(), new BatchNorm(), new Conv2D(5, 2), new Flatten(), new Dense(9),
        new BatchNorm(), new ReLU(), new Dropout(0.5f), new Dense(4), new Softmax(),
    ]);

    /// <summary>A chain of valid convolutions, each followed by a rectifier and batch norm, that ends in a global mean.</summary>
    internal static readonly Network Compact = new("compact", Shape.Image(28, 28, 1),
    [
        new Conv2D(4, 3, UseBias: false), new ReLU(), new BatchNorm(), new Conv2D(6, 3, UseBias: false), new ReLU(), new BatchNorm(), new MaxPool2D(2),
        new Conv2D(8, 3, UseBias: false), new ReLU(), new BatchNorm(), new Conv2D(10, 1, UseBias: false), new GlobalAveragePool2D(),
    ]);

    internal static DigitModel Model(Network network, ulong seed = 1, ModelMetadata? metadata = null) => new(
        Weights(network, seed), new LabelMap(Enumerable.Range(0, network.ClassCount).Select(key => $"{key}")), Normalization, metadata);

    internal static NetworkWeights Weights(Network network, ulong seed)
    {
        var weights = new NetworkWeights(network);
        weights.Initialize(WeightInitializer.HeNormal, seed);
        var random = new SeededRandom(seed, RandomPurpose.SyntheticData, 77);
        foreach (WeightTensor tensor in weights.Tensors.Where(tensor => tensor.Spec.Role != ParameterRole.Weight))
        {
            bool isPositive = tensor.Spec.Role is ParameterRole.Scale or ParameterRole.RunningVariance;
            foreach (ref float value in tensor.Values.AsSpan()) value = (float)(isPositive ? random.NextDouble(0.3, 2.5) : random.NextDouble(-0.5, 0.5));
        }

        return weights;
    }

    /// <summary>Random bytes: count images of a network.</summary>
    internal static byte[] Pixels(Network network, int count, ulong seed = 5)
    {
        var random = new SeededRandom(seed, RandomPurpose.SyntheticData);
        var pixels = new byte[count * network.InputShape.Size];
        foreach (ref byte pixel in pixels.AsSpan()) pixel = (byte)random.NextDouble(0, 256);
        return pixels;
    }

    internal static byte[] Bytes(DigitModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    internal static float[] Scores(DigitModel model, byte[] pixels, int count)
    {
        using var classifier = new DigitClassifier(model);
        var scores = new float[count * classifier.ClassCount];
        classifier.PredictBatch(pixels, count, scores);
        return scores;
    }

    internal static Layer[] Layers(Network network) => [.. network.Layers.Select(place => place.Layer)];
}
