using DigitML.Engine.Networks;

namespace DigitML.Tests.Networks;

public class ShapeInferenceTests
{
    private static readonly Dictionary<string, (Layer Layer, Shape Input, Shape Output)> Cases = new()
    {
        ["conv valid"] = (new Conv2D(8, 5), Shape.Image(28, 28, 1), Shape.Image(24, 24, 8)),
        ["conv same"] = (new Conv2D(8, 5, Padding.Same), Shape.Image(28, 27, 1), Shape.Image(28, 27, 8)),
        ["conv same stride 2, odd"] = (new Conv2D(8, 3, Padding.Same, 2), Shape.Image(7, 6, 3), Shape.Image(4, 3, 8)),
        ["conv valid stride 2, rest left out"] = (new Conv2D(8, 3, Stride: 2), Shape.Image(8, 7, 3), Shape.Image(3, 3, 8)),
        ["conv explicit"] = (new Conv2D(2, 3, Padding.Of(1, 2, 3, 4)), Shape.Image(5, 5, 3), Shape.Image(7, 9, 2)),
        ["conv uneven"] = (new Conv2D(2, new Size2D(1, 4), default, new Size2D(2, 3)), Shape.Image(6, 11, 3), Shape.Image(3, 3, 2)),
        ["conv as large as its image"] = (new Conv2D(2, 5), Shape.Image(5, 5, 3), Shape.Image(1, 1, 2)),
        ["max pool"] = (new MaxPool2D(2), Shape.Image(7, 6, 9), Shape.Image(3, 3, 9)),
        ["max pool same"] = (new MaxPool2D(2, 2, Padding.Same), Shape.Image(7, 6, 9), Shape.Image(4, 3, 9)),
        ["max pool overlapping"] = (new MaxPool2D(3, 2), Shape.Image(7, 6, 9), Shape.Image(3, 2, 9)),
        ["average pool"] = (new AveragePool2D(new Size2D(3, 2)), Shape.Image(7, 6, 9), Shape.Image(2, 3, 9)),
        ["average pool stride 1"] = (new AveragePool2D(2, 1), Shape.Image(7, 6, 9), Shape.Image(6, 5, 9)),
        ["global average pool"] = (new GlobalAveragePool2D(), Shape.Image(7, 6, 9), Shape.Vector(9)),
        ["dense"] = (new Dense(10), Shape.Vector(7), Shape.Vector(10)),
        ["batch norm of an image"] = (new BatchNorm(), Shape.Image(7, 6, 9), Shape.Image(7, 6, 9)),
        ["batch norm of a vector"] = (new BatchNorm(), Shape.Vector(7), Shape.Vector(7)),
        ["relu"] = (new ReLU(), Shape.Image(7, 6, 9), Shape.Image(7, 6, 9)),
        ["dropout"] = (new Dropout(0.5f), Shape.Vector(7), Shape.Vector(7)),
        ["flatten an image"] = (new Flatten(), Shape.Image(7, 6, 9), Shape.Vector(378)),
        ["flatten a vector"] = (new Flatten(), Shape.Vector(7), Shape.Vector(7)),
        ["softmax"] = (new Softmax(), Shape.Vector(7), Shape.Vector(7)),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_gives_the_shape_of_its_rule(string name)
    {
        var (layer, input, output) = Cases[name];
        Assert.Equal(output, layer.OutputShape(input));
    }

    /// <summary>TensorFlow's SAME: ceil(input / stride) outputs, the odd row at the end.</summary>
    [Theory]
    [InlineData(28, 5, 1, 28, 2, 2)]
    [InlineData(28, 3, 2, 14, 0, 1)]
    [InlineData(7, 3, 2, 4, 1, 1)]
    [InlineData(5, 2, 2, 3, 0, 1)]
    [InlineData(6, 4, 1, 6, 1, 2)]
    [InlineData(7, 1, 3, 3, 0, 0)]
    [InlineData(8, 2, 3, 3, 0, 0)]
    [InlineData(4, 3, 4, 1, 0, 0)]
    [InlineData(2, 5, 1, 2, 2, 2)]
    public void Same_padding_is_that_of_TensorFlow(int input, int kernel, int stride, int output, int before, int after)
    {
        Assert.Equal(new Margins(before, 0, after, 0), Padding.Same.Resolve(input, 1, new Size2D(kernel, 1), new Size2D(stride, 1)));
        Assert.Equal(new Margins(0, before, 0, after), Padding.Same.Resolve(1, input, new Size2D(1, kernel), new Size2D(1, stride)));
        var layer = new Conv2D(1, new Size2D(kernel, 1), Padding.Same, new Size2D(stride, 1));
        Assert.Equal(Shape.Image(output, 1, 1), layer.OutputShape(Shape.Image(input, 1, 1)));
    }

    [Fact]
    public void Same_padding_gives_the_ceiling_of_input_over_stride_and_every_window_sees_the_image()
    {
        for (int input = 1; input <= 30; input++)
            for (int kernel = 1; kernel <= 9; kernel++)
                for (int stride = 1; stride <= 5; stride++)
                {
                    Margins margins = Padding.Same.Resolve(input, 1, kernel, stride);
                    int output = new MaxPool2D(kernel, stride, Padding.Same).OutputShape(Shape.Image(input, 1, 1)).Height;
                    Assert.Equal((input + stride - 1) / stride, output);
                    Assert.InRange(margins.Bottom - margins.Top, 0, 1);
                    Assert.True(margins.Top < kernel && (output - 1) * stride - margins.Top < input, $"input {input}, kernel {kernel}, stride {stride}");
                }
    }

    [Fact]
    public void Valid_and_explicit_padding_do_not_depend_on_the_input()
    {
        Assert.Equal(default, Padding.Valid.Resolve(9, 9, 3, 2));
        Assert.Equal(new Margins(1, 2, 3, 4), Padding.Of(1, 2, 3, 4).Resolve(9, 9, 3, 2));
        Assert.Equal(Padding.Valid, Padding.Of(0, 0, 0, 0));
        Assert.NotEqual(Padding.Valid, Padding.Same);
    }

    [Fact]
    public void An_unset_stride_is_1_for_convolutions_and_the_window_for_pooling()
    {
        Assert.Equal((Size2D)1, new Conv2D(1, 3).Stride);
        Assert.Equal((Size2D)3, new MaxPool2D(3).Stride);
        Assert.Equal(new Size2D(2, 4), new AveragePool2D(new Size2D(2, 4)).Stride);
    }

    [Fact]
    public void Shapes_paddings_and_sizes_are_written_as_people_do()
    {
        Assert.Equal("28x27x3", Shape.Image(28, 27, 3).ToString());
        Assert.Equal("3136", Shape.Vector(3136).ToString());
        Assert.Equal("5x3", new Size2D(5, 3).ToString());
        Assert.Equal(["same", "valid", "[1, 2, 3, 4]"], new[] { Padding.Same, Padding.Valid, Padding.Of(1, 2, 3, 4) }.Select(p => p.ToString()));
    }
}
