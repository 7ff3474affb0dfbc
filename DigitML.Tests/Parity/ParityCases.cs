using DigitML.Engine.Networks;

namespace DigitML.Tests.Parity;

/// <summary>
/// The table: every layer in odd sizes, strides and paddings, with channels below, at and above every vector width. A 1x1 convolution in front of
/// the layer under test makes its channels, and its weight gradient shows the gradient that the layer gives back.
/// </summary>
internal static class ParityCases
{
    internal static Dictionary<string, ParityCase> Layers { get; } = new()
    {
        // First convolutions: no gradient for the input is needed.
        ["conv 5x5 same 1 to 8"] = First(Shape.Image(9, 7, 1), new Conv2D(8, 5, Padding.Same), 3),
        ["conv 5x5 same 1 to 32, 28x28"] = First(Shape.Image(28, 28, 1), new Conv2D(32, 5, Padding.Same), 2),
        ["conv 5x5 valid 1 to 16, batch of 64"] = First(Shape.Image(12, 12, 1), new Conv2D(16, 5), 64),
        ["conv 3x3 same 3 to 10"] = First(Shape.Image(7, 7, 3), new Conv2D(10, 3, Padding.Same), 1),
        ["conv 3x3 valid 8 to 17"] = First(Shape.Image(8, 5, 8), new Conv2D(17, 3), 7),
        ["conv 3x3 same 16 to 64 without bias"] = First(Shape.Image(6, 6, 16), new Conv2D(64, 3, Padding.Same, UseBias: false), 3),
        ["conv 7x7 stride 3 1 to 1"] = First(Shape.Image(19, 17, 1), new Conv2D(1, 7, default, 3), 3),

        // Convolutions with a gradient for their input.
        ["conv 3x3 same 1 to 1"] = Inner(7, 9, 1, new Conv2D(1, 3, Padding.Same), 3),
        ["conv 3x3 same 3 to 8"] = Inner(7, 9, 3, new Conv2D(8, 3, Padding.Same), 3),
        ["conv 3x3 valid 8 to 16"] = Inner(8, 8, 8, new Conv2D(16, 3), 3),
        ["conv 3x3 same stride 2 10 to 17"] = Inner(9, 6, 10, new Conv2D(17, 3, Padding.Same, 2), 7),
        ["conv 3x3 same 16 to 32"] = Inner(6, 6, 16, new Conv2D(32, 3, Padding.Same), 7),
        ["conv 3x2 stride 2x1 17 to 10"] = Inner(5, 7, 17, new Conv2D(10, new Size2D(3, 2), default, new Size2D(2, 1)), 3),
        ["conv 3x3 same 32 to 48"] = Inner(5, 5, 32, new Conv2D(48, 3, Padding.Same), 3),
        ["conv 3x3 same 48 to 64"] = Inner(4, 4, 48, new Conv2D(64, 3, Padding.Same), 3),
        ["conv 3x3 same 64 to 64"] = Inner(7, 7, 64, new Conv2D(64, 3, Padding.Same), 1),
        ["conv 5x5 same 32 to 32"] = Inner(14, 14, 32, new Conv2D(32, 5, Padding.Same), 1),
        ["conv 5x5 same 32 to 32, 28x28"] = Inner(28, 28, 32, new Conv2D(32, 5, Padding.Same), 1),
        ["conv 1x1 64 to 32"] = Inner(3, 3, 64, new Conv2D(32, 1), 7),
        ["conv 1x1 stride 2 16 to 16"] = Inner(6, 7, 16, new Conv2D(16, 1, Stride: 2), 3),
        ["conv 5x5 uneven padding 16 to 16"] = Inner(7, 7, 16, new Conv2D(16, 5, Padding.Of(3, 0, 1, 2)), 3),
        ["conv 2x2 same, more at the end, 8 to 10"] = Inner(5, 4, 8, new Conv2D(10, 2, Padding.Same), 3),
        ["conv 4x4 same stride 3 3 to 3"] = Inner(10, 11, 3, new Conv2D(3, 4, Padding.Same, 3), 7),
        ["conv as large as its image 10 to 10"] = Inner(4, 4, 10, new Conv2D(10, 4), 3),
        ["conv larger than its image 8 to 8"] = Inner(2, 3, 8, new Conv2D(8, 5, Padding.Same), 3),
        ["conv padded beyond its kernel 8 to 8"] = Inner(3, 3, 8, new Conv2D(8, 2, Padding.Of(3, 2, 4, 3)), 3),
        ["conv 1x5 16 to 17"] = Inner(3, 9, 16, new Conv2D(17, new Size2D(1, 5), Padding.Same), 3),
        ["conv 3x3 stride 3, pixels between windows, 16 to 16"] = Inner(8, 8, 16, new Conv2D(16, 2, Stride: 3), 3),
        ["conv 3x3 same without bias, batch of 64"] = Inner(5, 5, 17, new Conv2D(16, 3, Padding.Same, UseBias: false), 64),

        ["max pool 2x2 of 16"] = Inner(6, 8, 16, new MaxPool2D(2), 3),
        ["max pool 2x2 of 17 on odd sizes"] = Inner(7, 5, 17, new MaxPool2D(2), 3),
        ["max pool 3x3 stride 2 of 10"] = Inner(9, 8, 10, new MaxPool2D(3, 2), 3),
        ["max pool 3x3 stride 1 same of 3"] = Inner(5, 6, 3, new MaxPool2D(3, 1, Padding.Same), 7),
        ["max pool 3x2 uneven padding of 48"] = Inner(6, 6, 48, new MaxPool2D(new Size2D(3, 2), new Size2D(2, 3), Padding.Of(2, 1, 0, 1)), 1),
        ["max pool of the whole image, 64"] = Inner(4, 4, 64, new MaxPool2D(4), 7),
        ["max pool stride over its window, 8"] = Inner(8, 9, 8, new MaxPool2D(2, 3), 3),
        ["average pool 2x2 of 16"] = Inner(6, 8, 16, new AveragePool2D(2), 3),
        ["average pool 2x2 of 17 on odd sizes"] = Inner(7, 5, 17, new AveragePool2D(2), 3),
        ["average pool 3x3 stride 1 same of 10"] = Inner(5, 6, 10, new AveragePool2D(3, 1, Padding.Same), 7),
        ["average pool 3x2 uneven padding of 3"] = Inner(6, 6, 3, new AveragePool2D(new Size2D(3, 2), new Size2D(2, 3), Padding.Of(2, 1, 0, 1)), 1),
        ["average pool 7x7 of 64"] = Inner(7, 7, 64, new AveragePool2D(7), 3),
        ["global average pool of 17"] = Inner(5, 7, 17, new GlobalAveragePool2D(), 7),
        ["global average pool of 64"] = Inner(3, 3, 64, new GlobalAveragePool2D(), 3),
        ["global average pool of 3 pixels of 1"] = Inner(1, 3, 1, new GlobalAveragePool2D(), 3),

        ["resizing to 28x28"] = First(Shape.Image(8, 8, 1), new Resizing(28, 28), 3),
        ["resizing of 17 to odd sizes"] = First(Shape.Image(5, 3, 17), new Resizing(9, 11), 7),
        ["resizing to a smaller image"] = First(Shape.Image(9, 7, 1), new Resizing(4, 5), 3),
        ["resizing before a dense layer"] = new(Shape.Image(3, 4, 1), [new Resizing(7, 6), new Flatten(), new Dense(5)], [7]),
        ["resizing before convolutions"] = new(Shape.Image(5, 6, 1), [new Resizing(12, 11), new Conv2D(8, 3, Padding.Same), new ReLU(), new BatchNorm(), new Conv2D(9, 3), new Flatten(), new Dense(5)], [3]),
        ["resizing before a batch norm"] = new(Shape.Image(5, 6, 1), [new Resizing(9, 9), new BatchNorm(), new Conv2D(8, 3), new Dropout(0.2f), new Flatten(), new Dense(5)], [3]),
        ["resizing before a pool"] = new(Shape.Image(3, 4, 2), [new Resizing(8, 8), new MaxPool2D(2), new Conv2D(3, 3), new Flatten(), new Dense(5)], [7]),

        ["batch norm of 1"] = Inner(5, 5, 1, new BatchNorm(), 3),
        ["batch norm of 16"] = Inner(4, 5, 16, new BatchNorm(), 7),
        ["batch norm of 17 without scale"] = Inner(4, 5, 17, new BatchNorm(Scale: false), 3),
        ["batch norm of 10 without center"] = Inner(4, 5, 10, new BatchNorm(Center: false), 3),
        ["batch norm of 64, one image"] = Inner(4, 5, 64, new BatchNorm(Momentum: 0.5f, Epsilon: 0.01f), 1),
        ["batch norm of 48 with neither, batch of 64"] = Inner(3, 2, 48, new BatchNorm(Center: false, Scale: false), 64),
        ["batch norm of a vector"] = Vector(20, 64, new Dense(17), new BatchNorm(), new ReLU(), new Dense(5)),
        ["batch norm of a flat image"] = Vector(12, 7, new Dense(33), new ReLU(), new BatchNorm(), new Dense(5)),
        ["batch norm of values ten deviations from 0"] = Inner(5, 4, 16, new BatchNorm(), 7) with { PixelOffset = 10 },
        ["batch norm of values in the thousands"] = Inner(5, 4, 16, new BatchNorm(), 7) with { PixelScale = 1e3 },
        ["relu of 10"] = Inner(5, 3, 10, new ReLU(), 3),
        ["dropout of 16"] = Inner(5, 3, 16, new Dropout(0.25f), 7),
        ["dropout of 17"] = Inner(5, 3, 17, new Dropout(0.5f), 3),
        ["dropout of a vector"] = Vector(20, 7, new Dense(33), new Dropout(0.4f), new Dense(5)),
        ["dropout before anything"] = Vector(20, 7, new Dropout(0.4f), new Dense(5)),
        ["dropout of nothing"] = Vector(20, 7, new Dense(8), new Dropout(0), new Dense(5)),

        ["dense 1 to 1"] = Vector(1, 3, new Dense(1), new Dense(2)),
        ["dense 3 to 8 to 10"] = Vector(3, 1, new Dense(8), new Dense(10)),
        ["dense 17 to 33 to 3 without bias"] = Vector(17, 7, new Dense(33, UseBias: false), new ReLU(), new Dense(3, UseBias: false)),
        ["dense 784 to 10"] = Vector(784, 3, new Dense(10)),
        ["dense 100 to 64 to 48, batch of 64"] = Vector(100, 64, new Dense(64), new ReLU(), new Dense(48), new ReLU(), new Dense(10)),
        ["dense 49 to 256 to 26"] = Vector(49, 7, new Dense(256), new ReLU(), new Dense(26)),
        ["dense to 128 classes"] = Vector(16, 3, new Dense(128)),

        ["logits in the ten thousands"] = Vector(20, 7, new Dense(17), new ReLU(), new Dense(5)) with { PixelScale = 1e4 },
        ["logits far beyond what exp holds"] = Vector(20, 7, new Dense(5)) with { PixelScale = 1e20 },

        // Equal values and zeros: the first position of a window gets the gradient, ReLU passes none at 0.
        ["ties in max pooling"] = Ties(6, 6, 16, new MaxPool2D(2)),
        ["ties in overlapping max pooling"] = Ties(7, 7, 10, new MaxPool2D(3, 2, Padding.Same)),
        ["ties in max pooling after relu"] = Ties(6, 6, 17, new ReLU(), new MaxPool2D(2)),
        ["zeros before relu"] = Ties(4, 4, 16, new ReLU()),

        // The shipped networks in full size.
        ["keras-cnn"] = new(Shape.Image(28, 28, 1),
        [
            new Conv2D(32, 5, Padding.Same), new ReLU(), new Conv2D(32, 5, Padding.Same), new ReLU(), new MaxPool2D(2), new Dropout(0.25f),
            new Conv2D(64, 3, Padding.Same), new ReLU(), new Conv2D(64, 3, Padding.Same), new ReLU(), new MaxPool2D(2), new Dropout(0.25f),
            new Flatten(), new Dense(256), new ReLU(), new Dropout(0.5f), new Dense(10), new Softmax(),
        ], [2]),
        ["compact-9768"] = new(Shape.Image(28, 28, 1),
        [
            .. Block(8, 3), .. Block(16, 3), .. Block(16, 3), new MaxPool2D(2), .. Block(8, 1), .. Block(16, 3), .. Block(16, 3), .. Block(16, 3),
            new Conv2D(10, 1, UseBias: false), new AveragePool2D(5), new Flatten(), new Softmax(),
        ], [5]),
    };

    internal static Dictionary<string, ParityCase> Networks { get; } = new()
    {
        ["logistic regression"] = new(Shape.Image(28, 28, 1), [new Flatten(), new Dense(10), new Softmax()], [7, 7, 3, 7, 1]),
        ["keras-cnn in small"] = new(Shape.Image(12, 12, 1),
        [
            new Conv2D(8, 5, Padding.Same), new ReLU(), new Conv2D(8, 5, Padding.Same), new ReLU(), new MaxPool2D(2), new Dropout(0.25f),
            new Conv2D(16, 3, Padding.Same), new ReLU(), new Conv2D(16, 3, Padding.Same), new ReLU(), new MaxPool2D(2), new Dropout(0.25f),
            new Flatten(), new Dense(32), new ReLU(), new Dropout(0.5f), new Dense(10), new Softmax(),
        ], [7, 7, 3, 7, 1]),
        ["batch norm after every convolution"] = new(Shape.Image(14, 14, 1),
        [
            new Conv2D(10, 3, UseBias: false), new BatchNorm(), new ReLU(), new Conv2D(16, 3, UseBias: false), new BatchNorm(),
            new ReLU(), new MaxPool2D(2), new Dropout(0.1f),
            new Conv2D(17, 3, Padding.Same, 2), new ReLU(), new BatchNorm(), new GlobalAveragePool2D(), new Dense(10), new Softmax(),
        ], [7, 7, 3, 7, 5]),
        ["colour, strides, average pooling, no softmax"] = new(Shape.Image(11, 9, 3),
        [
            new Conv2D(12, 5, Padding.Same, 2, UseBias: false), new BatchNorm(), new ReLU(), new AveragePool2D(2), new Conv2D(20, 2),
            new ReLU(), new Flatten(),
            new Dense(12, UseBias: false), new BatchNorm(), new ReLU(), new Dense(5),
        ], [6, 6, 4, 6, 6]),
        ["relu and pooling in other orders"] = new(Shape.Image(10, 10, 1),
        [
            new Conv2D(8, 3), new MaxPool2D(2), new ReLU(), new BatchNorm(), new Dropout(0.2f), new Conv2D(24, 1), new ReLU(), new ReLU(),
            new MaxPool2D(2, 1), new Flatten(), new ReLU(),
            new Dense(7), new Softmax(),
        ], [5, 5, 2, 5, 5]),
        ["batch of 64 over several chunks"] = new(Shape.Image(8, 8, 1),
            [new Conv2D(6, 3), new ReLU(), new MaxPool2D(2), new Flatten(), new Dense(20), new ReLU(), new Dropout(0.3f), new Dense(10),
             new Softmax()], [64, 64, 33]),
    };

    private static Layer[] Block(int filters, int kernelSize) => [new Conv2D(filters, kernelSize, UseBias: false), new ReLU(), new BatchNorm()];

    private static ParityCase First(Shape input, Layer layer, int count) => new(input, [layer, new ReLU(), .. Head(layer, input)], [count]);

    private static ParityCase Inner(int height, int width, int channels, Layer layer, int count)
    {
        Shape input = Shape.Image(height, width, 2);
        return new(input, [new Conv2D(channels, 1), layer, .. Head(layer, Shape.Image(height, width, channels))], [count]);
    }

    private static ParityCase Ties(int height, int width, int channels, params Layer[] layers) =>
        new(Shape.Image(height, width, 2), [new Conv2D(channels, 1), .. layers, new Flatten(), new Dense(5), new Softmax()], [7], IsExact: true);

    private static ParityCase Vector(int features, int count, params Layer[] layers) =>
        new(Shape.Vector(features), [.. layers, new Softmax()], [count]);

    private static Layer[] Head(Layer layer, Shape input) =>
        layer.OutputShape(input).IsVector ? [new Dense(5), new Softmax()] : [new Flatten(), new Dense(5), new Softmax()];
}
