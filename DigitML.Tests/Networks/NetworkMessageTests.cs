using DigitML.Engine;
using DigitML.Engine.Networks;

namespace DigitML.Tests.Networks;

public class NetworkMessageTests
{
    private static readonly Shape Digit = Shape.Image(28, 28, 1);

    private static readonly Dictionary<string, (Shape Input, Layer Layer, string Message)> Layers = new()
    {
        ["conv of a vector"] = (Shape.Vector(784), new Conv2D(8, 3),
            "Conv2D needs an image but gets a vector of 784 features; place it before Flatten."),
        ["conv without filters"] = (Digit, new Conv2D(0, 3), "Conv2D has 0 filters; it needs at least 1."),
        ["conv without a window"] = (Digit, new Conv2D(8, new Size2D(0, 3)), "Conv2D has a window of 0x3; its sides must be at least 1."),
        ["conv with a negative stride"] = (Digit, new Conv2D(8, 3, Stride: new Size2D(1, -1)), "Conv2D has a stride of 1x-1; it must be at least 1."),
        ["conv larger than its image"] = (Shape.Image(4, 3, 8), new Conv2D(8, 5, Padding.Of(0, 1, 0, 0)),
            "Conv2D has a window of 5x5 but its padded input is 4x4; use a smaller window, more padding or less pooling before it."),
        ["max pool of a vector"] = (Shape.Vector(10), new MaxPool2D(2),
            "MaxPool2D needs an image but gets a vector of 10 features; place it before Flatten."),
        ["max pool larger than its image"] = (Shape.Image(1, 1, 8), new MaxPool2D(2),
            "MaxPool2D has a window of 2x2 but its padded input is 1x1; use a smaller window, more padding or less pooling before it."),
        ["max pool with as much padding as window"] = (Digit, new MaxPool2D(2, 2, Padding.Of(0, 0, 2, 0)),
            "MaxPool2D has a padding of [0, 0, 2, 0] but a window of 2x2; each margin must be smaller than the window."),
        ["average pool with more padding than window"] = (Digit, new AveragePool2D(new Size2D(3, 2), 1, Padding.Of(1, 2, 1, 1)),
            "AveragePool2D has a padding of [1, 2, 1, 1] but a window of 3x2; each margin must be smaller than the window."),
        ["average pool without a stride"] = (Digit, new AveragePool2D(2, new Size2D(0, 1)),
            "AveragePool2D has a stride of 0x1; it must be at least 1."),
        ["global average pool of a vector"] = (Shape.Vector(10), new GlobalAveragePool2D(),
            "GlobalAveragePool2D needs an image but gets a vector of 10 features; place it before Flatten."),
        ["dense of an image"] = (Digit, new Dense(10), "Dense needs a vector but gets an image of 28x28x1; place Flatten before it."),
        ["dense without units"] = (Shape.Vector(10), new Dense(-1), "Dense has -1 units; it needs at least 1."),
        ["batch norm's momentum"] = (Digit, new BatchNorm(1), "BatchNorm has a momentum of 1; it must be from 0 up to but not including 1."),
        ["batch norm's momentum is no number"] = (Digit, new BatchNorm(float.NaN),
            "BatchNorm has a momentum of NaN; it must be from 0 up to but not including 1."),
        ["batch norm's epsilon"] = (Digit, new BatchNorm(Epsilon: 0), "BatchNorm has an epsilon of 0; it must be greater than 0."),
        ["dropout of all"] = (Digit, new Dropout(1), "Dropout has a rate of 1; a rate is from 0 up to but not including 1."),
        ["dropout below none"] = (Digit, new Dropout(-0.5f), "Dropout has a rate of -0.5; a rate is from 0 up to but not including 1."),
        ["softmax of an image"] = (Digit, new Softmax(),
            "Softmax needs a vector but gets an image of 28x28x1; place Flatten or GlobalAveragePool2D before it."),
    };

    public static TheoryData<string> Names => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_that_cannot_take_its_input_says_why_and_what_to_do(string name)
    {
        var (input, layer, message) = Layers[name];
        Assert.Equal(message, Assert.Throws<DigitMLException>(() => layer.OutputShape(input)).Message);
        Assert.Equal($"Layer 2 ({layer.Kind}): {message}", Message("n", input, new ReLU(), layer));
    }

    [Fact]
    public void A_network_needs_layers() => Assert.Equal("Network \"empty\" has no layers; it needs at least one.", Message("empty", Digit));

    [Fact]
    public void A_network_ends_in_a_vector() => Assert.Equal(
        "Network \"open\" ends in an image of 28x28x1; end it with Flatten, GlobalAveragePool2D or Dense.", Message("open", Digit, new ReLU()));

    [Fact]
    public void Softmax_stands_last() => Assert.Equal(
        "Layer 2 (softmax): Softmax can only be the last layer of a network.", Message("n", Digit, new Flatten(), new Softmax(), new Dense(10)));

    [Fact]
    public void A_message_names_the_layer_by_its_number_and_name() => Assert.Equal(
        "Layer 4 (dense_1): Dense has 0 units; it needs at least 1.", Message("n", Digit, new Flatten(), new Dense(5), new ReLU(), new Dense(0)));

    [Fact]
    public void An_output_that_no_array_holds_is_refused() => Assert.Equal(
        "Layer 1 (conv2d): its output would have 784,000,000,000 values; no more than 2,147,483,591 are possible.",
        Message("n", Digit, new Conv2D(1_000_000_000, 1)));

    [Fact]
    public void An_input_that_no_array_holds_is_refused() => Assert.Equal(
        "The input would have 4,294,967,296 values; no more than 2,147,483,591 are possible.",
        Message("n", Shape.Image(65_536, 65_536, 1), new GlobalAveragePool2D(), new Dense(10)));

    [Fact]
    public void More_parameters_than_can_be_counted_are_refused_by_the_layer_that_is_one_too_many() => Assert.Equal(
        "Layer 4 (dense_2): the parameters up to here would have 4,000,095,000 values; no more than 2,147,483,591 are possible.",
        Message("n", Shape.Vector(1), new Dense(45_000), new Dense(44_444, UseBias: false), new ReLU(), new Dense(45_000), new Dense(10)));

    [Fact]
    public void A_parameter_that_no_array_holds_is_refused() => Assert.Equal(
        "Layer 2 (dense): its weight would have 784,000,000,000 values; no more than 2,147,483,591 are possible.",
        Message("n", Digit, new Flatten(), new Dense(1_000_000_000)));

    [Fact]
    public void Shapes_without_values_are_refused()
    {
        Assert.Equal(
            "An image of 28x0x1 is not possible; every size must be at least 1.",
            Assert.Throws<DigitMLException>(() => Shape.Image(28, 0, 1)).Message);
        Assert.Equal("A vector of 0 features is not possible; it must have at least 1.",
            Assert.Throws<DigitMLException>(() => Shape.Vector(0)).Message);
    }

    [Fact]
    public void Negative_margins_are_refused() => Assert.Equal(
        "Padding [0, 0, -1, 0] has a negative margin; margins are 0 or more.",
        Assert.Throws<DigitMLException>(() => Padding.Of(0, 0, -1, 0)).Message);

    private static string Message(string name, Shape input, params Layer[] layers) =>
        Assert.Throws<DigitMLException>(() => new Network(name, input, layers)).Message;
}
