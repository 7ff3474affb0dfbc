using static DigitML.Tests.Model.OnnxTestGraph;

namespace DigitML.Tests.Model;

/// <summary>Nodes that DigitML cannot run, or not where they are, are refused in one line.</summary>
public class OnnxLayerRefusalTests
{
    [Fact]
    public void A_convolution_of_another_kind()
    {
        Assert.Equal("model.onnx: Conv (node \"n0\") has group 2; DigitML runs group 1.", Refusal(Image().Add("Conv", [Numbers(2, 1, 3, 3)], [("group", 2)])));
        Assert.Equal("model.onnx: Conv (node \"n0\") is dilated; DigitML runs dilations of 1.", Refusal(Image().Add("Conv", [Numbers(2, 1, 3, 3)], [("dilations", new[] { 2, 1 })])));
        Assert.Equal("model.onnx: Conv (node \"n0\") has a weight of [2, 3, 3, 3] but gets an image of 8x8x1.", Refusal(Image().Add("Conv", [Numbers(2, 3, 3, 3)])));
        Assert.Equal("model.onnx: Conv (node \"n0\") has a weight of [2, 1, 3]; DigitML runs 2-D convolutions, [filters, channels, rows, columns].", Refusal(Image().Add("Conv", [Numbers(2, 1, 3)])));
        Assert.Equal("model.onnx: Conv (node \"n0\") has kernel_shape 2x3 but a weight of [2, 1, 3, 3].",
            Refusal(Image().Add("Conv", [Numbers(2, 1, 3, 3)], [("kernel_shape", new[] { 2, 3 })])));
        Assert.Equal("model.onnx: Conv (node \"n0\") has a bias of [3]; it has 1 output.", Refusal(Image().Add("Conv", [Numbers(1, 1, 3, 3), Numbers(3)])));
        Assert.Equal("model.onnx: Conv (node \"n0\") has a bias of [3]; it has 2 outputs.", Refusal(Image().Add("Conv", [Numbers(2, 1, 3, 3), Numbers(3)])));
        Assert.Equal("model.onnx: Conv (node \"n0\") has pads [0, 0, -1, 0]; DigitML runs 4 whole numbers from 0 to 4096.",
            Refusal(Image().Add("Conv", [Numbers(2, 1, 3, 3)], [("pads", new[] { 0, 0, -1, 0 })])));
        Assert.Equal("model.onnx: Conv (node \"n0\") has auto_pad \"MIRROR\"; DigitML runs NOTSET, VALID, SAME_UPPER and SAME_LOWER.",
            Refusal(Image().Add("Conv", [Numbers(2, 1, 3, 3)], [("auto_pad", "MIRROR")])));
        Assert.Equal(
            "model.onnx: Conv (node \"n0\") cannot be run: Conv2D has a window of 9x9 but its padded input is 8x8; use a smaller window, more padding or less pooling before it.",
            Refusal(Image().Add("Conv", [Numbers(1, 1, 9, 9)])));
    }

    [Fact]
    public void A_pooling_of_another_kind()
    {
        (string, object) window = ("kernel_shape", new[] { 3, 3 }), stride = ("strides", new[] { 2, 2 });
        Assert.Equal("model.onnx: MaxPool (node \"n0\") has ceil_mode 1; DigitML runs ceil_mode 0.", Refusal(Image().Add("MaxPool", null, [window, stride, ("ceil_mode", 1)])));
        Assert.Equal("model.onnx: MaxPool (node \"n0\") has ceil_mode 1; DigitML runs ceil_mode 0.",
            Refusal(Image().Add("MaxPool", null, [window, stride, ("ceil_mode", 1), ("pads", new[] { 1, 1, 0, 1 })])));
        Assert.Equal("model.onnx: AveragePool (node \"n0\") is dilated; DigitML runs dilations of 1.", Refusal(Image().Add("AveragePool", null, [window, ("dilations", new[] { 1, 2 })])));
        Assert.Equal("model.onnx: AveragePool (node \"n0\") has count_include_pad 1; DigitML runs count_include_pad 0.",
            Refusal(Image().Add("AveragePool", null, [window, ("pads", new[] { 1, 1, 1, 1 }), ("count_include_pad", 1)])));
        Assert.Equal("model.onnx: MaxPool (node \"n0\") cannot be run: MaxPool2D has a padding of [3, 0, 0, 0] but a window of 3x3; each margin must be smaller than the window.",
            Refusal(Image().Add("MaxPool", null, [window, ("pads", new[] { 3, 0, 0, 0 })])));
        Assert.Equal("model.onnx: MaxPool (node \"n0\") has no kernel_shape.", Refusal(Image().Add("MaxPool")));
    }

    [Fact]
    public void Layers_that_do_not_fit_what_comes_before_them()
    {
        Assert.Equal("model.onnx: Gemm (node \"n1\") has a weight of [4, 10] but gets a vector of 64.", Refusal(Image().Add("Flatten").Add("Gemm", [Numbers(4, 10)])));
        Assert.Equal("model.onnx: Gemm (node \"n0\") has a weight of [8, 10] but gets an image of 8x8x1.", Refusal(Image().Add("Gemm", [Numbers(8, 10)])));
        Assert.Equal("model.onnx: Gemm (node \"n1\") has a weight of [64, 2, 1]; DigitML runs matrices.", Refusal(Image().Add("Flatten").Add("Gemm", [Numbers(64, 2, 1)])));
        Assert.Equal("model.onnx: Gemm (node \"n1\") adds values of [3] to a vector of 2.", Refusal(Image().Add("Flatten").Add("Gemm", [Numbers(64, 2), Numbers(3)])));
        Assert.Equal("model.onnx: Gemm (node \"n1\") has transA 1; DigitML runs transA 0.", Refusal(Image().Add("Flatten").Add("Gemm", [Numbers(64, 2)], [("transA", 1)])));
        Assert.Equal("model.onnx: MatMul (node \"n1\") multiplies a constant by a value; DigitML runs only a value times a constant.",
            Refusal(Image().Add("Flatten").Add("MatMul", [Numbers(64, 2)]).Swapped()));
        Assert.Equal("model.onnx: BatchNormalization (node \"n0\") does not have one value per channel; it gets an image of 8x8x1.",
            Refusal(Image().Add("BatchNormalization", [Numbers(2), Numbers(2), Numbers(2), Numbers(2)])));
        string Normalized(float variance, int training) => Refusal(Image().Add(
            "BatchNormalization", [Numbers(1), Numbers(1), Numbers(1), (new[] { 1 }, new[] { variance })], [("epsilon", 0.25f), ("training_mode", training)]));
        Assert.Equal("model.onnx: BatchNormalization (node \"n0\") has a variance below 0.", Normalized(-0.25f, training: 0));
        Assert.Equal("model.onnx: BatchNormalization (node \"n0\") has training_mode 1; DigitML runs training_mode 0.", Normalized(1, training: 1));
        Assert.Equal("model.onnx: Reshape (node \"n0\") gives an image of 8x8x1 the sizes [-1, 2, 32]; DigitML runs a Reshape that flattens.",
            Refusal(Image().Add("Reshape", [new long[] { -1, 2, 32 }])));
        Assert.Equal("model.onnx: Reshape (node \"n0\") gives an image of 8x8x1 the sizes [0, 32]; DigitML runs a Reshape that flattens.", Refusal(Image().Add("Reshape", [new long[] { 0, 32 }])));
        Assert.Equal("model.onnx: Reshape (node \"n0\") gives an image of 8x8x1 the sizes [1, 64, 1]; DigitML runs a Reshape that flattens.",
            Refusal(Image().Add("Reshape", [new long[] { 1, 64, 1 }])));
        Assert.Equal("model.onnx: Reshape (node \"n0\") gives an image of 8x8x1 the sizes [-1, 1, 16, 4]; DigitML runs a Reshape that flattens.",
            Refusal(Image().Add("Reshape", [new long[] { -1, 1, 16, 4 }])));
        Assert.Equal("model.onnx: Reshape (node \"n0\") gives a vector of 12 the sizes [-1, 1, 3, 5]; DigitML runs a Reshape that flattens.",
            Refusal(new OnnxTestGraph([0, 12]).Add("Reshape", [new long[] { -1, 1, 3, 5 }])));
        Assert.Equal("model.onnx: Reshape (node \"n1\") gives a vector of 12 the sizes [-1, 1, 3, 4]; DigitML runs a Reshape that flattens.",
            Refusal(new OnnxTestGraph([0, 12]).Add("Relu").Add("Reshape", [new long[] { -1, 1, 3, 4 }])));
        Assert.Equal("model.onnx: Flatten (node \"n0\") has axis 2; DigitML runs axis 1.", Refusal(Image().Add("Flatten", null, [("axis", 2)])));
        Assert.Equal("model.onnx: Softmax (node \"n0\") has axis -1; DigitML runs it over the classes, axis 1.", Refusal(Image().Add("Softmax")));
        Assert.Equal("model.onnx: Mul (node \"n0\") has 1 input; it takes 2.", Refusal(Image().Add("Mul")));
        Assert.Equal("model.onnx: Mul (node \"n1\") uses a constant of [8] on an image of 8x8x1; DigitML runs one number, or one per channel.",
            Refusal(Image().Add("Relu").Add("Mul", [Numbers(8)])));
        Assert.Equal("model.onnx: Div (node \"n1\") divides by 0.", Refusal(Image().Add("Relu").Add("Div", [0f])));
        Assert.Equal("model.onnx: Div (node \"n1\") divides a constant by a value; DigitML divides values by constants.", Refusal(Image().Add("Relu").Add("Div", [2f]).Swapped()));
        Assert.Equal("model.onnx: Sub (node \"n0\") has a different constant for each pixel; DigitML normalises all pixels alike.",
            Refusal(new OnnxTestGraph([0, 4]).Add("Sub", [Numbers(1, 4)])));
        Assert.Equal("model.onnx: Layer 2 (softmax): Softmax can only be the last layer of a network.", Refusal(Image().Add("Flatten").Add("Softmax").Add("Relu")));
        Assert.Equal("model.onnx: Network \"main\" ends in an image of 8x8x1; end it with Flatten, GlobalAveragePool2D or Dense.", Refusal(Image().Add("Relu")));
    }

    [Fact]
    public void Constants_that_together_are_too_large_for_a_float()
    {
        Assert.Equal("model.onnx: Div (node \"n0\") gives a value that is too large for a 32-bit float.", Refusal(Image().Add("Div", [1e-39f]).Add("Flatten")));
        Assert.Equal("model.onnx: Mul (node \"n2\") gives a value that is too large for a 32-bit float.",
            Refusal(Image().Add("Sub", [1e30f]).Add("Mul", [1f]).Add("Mul", [1e30f]).Add("Flatten")));
        Assert.Equal("model.onnx: Div (node \"n1\") gives a value that is too large for a 32-bit float.", Refusal(Image().Add("Relu").Add("Div", [1e-39f]).Add("Flatten")));
        Assert.Equal("model.onnx: Gemm (node \"n1\") gives a value that is too large for a 32-bit float.",
            Refusal(Image().Add("Flatten").Add("Gemm", [(new[] { 64, 1 }, Enumerable.Repeat(1e20f, 64).ToArray())], [("alpha", 1e20f)])));
        Assert.Equal("model.onnx: Gemm (node \"n1\") gives a value that is too large for a 32-bit float.",
            Refusal(Image().Add("Flatten").Add("Gemm", [Numbers(64, 1), 1e20f], [("beta", 1e20f)])));
    }

    [Fact]
    public void A_small_file_that_asks_for_much_memory()
    {
        Assert.Equal("model.onnx: Conv (node \"n0\") cannot be run: Its result is 8198x8198x1 per sample; DigitML supports up to 4,194,304 values.",
            Refusal(Image().Add("Conv", [Numbers(1, 1, 3, 3)], [("pads", new[] { 4096, 4096, 4096, 4096 })])));
        OnnxTestGraph large = new OnnxTestGraph([0, 1, 2000, 2000]);
        for (int i = 0; i < 9; i++) large.Add("Relu");
        OnnxTestGraph channels = new OnnxTestGraph([0, 1, 1, 1]).Add("Conv", [(new[] { 65_537, 1, 1, 1 }, new float[65_537])]).Add("Relu").Add("Mul", [2f]);
        Assert.Equal("model.onnx: Mul (node \"n2\") has 65,537 channels; DigitML supports up to 65,536 channels.", Refusal(channels));
        Assert.Equal("model.onnx: Its layers hold more than 33,554,432 values per sample, the most that DigitML supports.", Refusal(large.Add("GlobalAveragePool")));
    }
}
