using DigitML.Engine.Networks;

namespace DigitML.Tests.Networks;

public class NetworkTests
{
    private static readonly Network KerasCnn = new("keras-cnn", Shape.Image(28, 28, 1),
    [
        new Conv2D(32, 5, Padding.Same), new ReLU(), new Conv2D(32, 5, Padding.Same), new ReLU(), new MaxPool2D(2), new Dropout(0.25f),
        new Conv2D(64, 3, Padding.Same), new ReLU(), new Conv2D(64, 3, Padding.Same), new ReLU(), new MaxPool2D(2), new Dropout(0.25f),
        new Flatten(), new Dense(256), new ReLU(), new Dropout(0.5f), new Dense(10), new Softmax(),
    ]);

    [Fact]
    public void The_well_known_Keras_network_has_887530_parameters()
    {
        Assert.Equal([832, 25632, 18496, 36928, 803072, 2570], KerasCnn.Layers.Select(layer => layer.ParameterCount).Where(count => count > 0));
        Assert.Equal(887530, KerasCnn.TrainableParameterCount);
        Assert.Equal(0, KerasCnn.NonTrainableParameterCount);
        Assert.Equal(10, KerasCnn.ClassCount);
    }

    [Fact]
    public void Layers_are_numbered_as_Keras_numbers_them() => Assert.Equal(
        [
            "conv2d", "re_lu", "conv2d_1", "re_lu_1", "max_pooling2d", "dropout", "conv2d_2", "re_lu_2", "conv2d_3", "re_lu_3",
            "max_pooling2d_1", "dropout_1",
            "flatten", "dense", "re_lu_4", "dropout_2", "dense_1", "softmax",
        ],
        KerasCnn.Layers.Select(layer => layer.Name));

    [Fact]
    public void Kinds_of_the_other_layers_are_those_of_Keras() => Assert.Equal(
        ["average_pooling2d", "batch_normalization", "global_average_pooling2d"],
        new Layer[] { new AveragePool2D(2), new BatchNorm(), new GlobalAveragePool2D() }.Select(layer => layer.Kind));

    [Fact]
    public void Each_layer_gets_what_the_one_before_it_gives()
    {
        for (int i = 1; i < KerasCnn.Layers.Length; i++) Assert.Equal(KerasCnn.Layers[i - 1].OutputShape, KerasCnn.Layers[i].InputShape);
        Assert.Equal(Shape.Image(7, 7, 64), KerasCnn.Layers[10].OutputShape);
        Assert.Equal(Shape.Vector(3136), KerasCnn.Layers[12].OutputShape);
    }

    [Fact]
    public void Running_statistics_count_as_not_trainable()
    {
        var network = new Network("n", Shape.Image(5, 5, 2),
            [new Conv2D(3, 3, UseBias: false), new BatchNorm(), new GlobalAveragePool2D(), new Dense(4)]);
        Assert.Equal(2 * 3 * 9 + 3 + 3 + 3 * 4 + 4, network.TrainableParameterCount);
        Assert.Equal(6, network.NonTrainableParameterCount);
        Assert.Equal(["weight", "gamma", "beta", "running_mean", "running_var", "weight", "bias"],
            network.Layers.SelectMany(l => l.Parameters).Select(p => p.Name));
    }

    [Fact]
    public void Batch_norm_without_scale_or_center_has_no_such_parameter()
    {
        string[] Names(BatchNorm layer) => [.. layer.Parameters(Shape.Vector(3)).Select(p => p.Name)];
        Assert.Equal(["beta", "running_mean", "running_var"], Names(new BatchNorm(Scale: false)));
        Assert.Equal(["gamma", "running_mean", "running_var"], Names(new BatchNorm(Center: false)));
    }

    [Fact]
    public void Weights_have_one_named_tensor_for_each_parameter_in_layer_order()
    {
        var weights = new NetworkWeights(KerasCnn);
        Assert.Equal(
            ["conv2d.weight", "conv2d.bias", "conv2d_1.weight", "conv2d_1.bias", "conv2d_2.weight", "conv2d_2.bias", "conv2d_3.weight",
             "conv2d_3.bias", "dense.weight", "dense.bias", "dense_1.weight", "dense_1.bias"],
            weights.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([64, 32, 3, 3], weights.Tensors[4].Spec.Dims.ToArray());
        Assert.Equal([256, 3136], weights.Tensors[8].Spec.Dims.ToArray());
        Assert.All(weights.Tensors, tensor => Assert.Equal(tensor.Spec.Size, tensor.Values.Length));
        Assert.Empty(weights.OfLayer(1));
        Assert.Same(weights.Tensors[9], weights.OfLayer(13)[1]);
    }

    [Fact]
    public void Copied_weights_are_equal_but_not_shared()
    {
        var source = new NetworkWeights(KerasCnn);
        source.Initialize(WeightInitializer.HeNormal, seed: 1);
        var copy = new NetworkWeights(KerasCnn);
        copy.CopyFrom(source);
        Assert.Equal(source.Tensors[2].Values, copy.Tensors[2].Values);
        source.Tensors[2].Values[0]++;
        Assert.NotEqual(source.Tensors[2].Values[0], copy.Tensors[2].Values[0]);
    }
}
