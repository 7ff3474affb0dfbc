using DigitML.Engine.Networks;
using DigitML.Engine.Randomness;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Reference;

/// <summary>Forward passes worked by hand: the gradient checks only show that backward fits forward.</summary>
public class ReferenceLayerTests
{
    private static readonly double[] OneToNine = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public void Conv2D_cross_correlates_without_flipping_the_kernel()
    {
        double[] y = Forward(new Conv2D(1, 2), Shape.Image(3, 3, 1), OneToNine, [[1, 10, 100, 1000], [0.5]]);
        Assert.Equal([5421.5, 6532.5, 8754.5, 9865.5], y);
    }

    [Fact]
    public void Conv2D_pads_a_same_image_with_zeros_and_more_at_the_bottom_and_right()
    {
        double[] y = Forward(new Conv2D(1, 2, Padding.Same, UseBias: false), Shape.Image(3, 3, 1), OneToNine, [[1, 10, 100, 1000]]);
        Assert.Equal([5421, 6532, 603, 8754, 9865, 906, 87, 98, 9], y);
    }

    [Fact]
    public void Conv2D_steps_by_its_stride_from_the_top_left_margin()
    {
        double[] y = Forward(new Conv2D(1, 2, Padding.Of(1, 1, 0, 0), 2, UseBias: false), Shape.Image(3, 3, 1), OneToNine, [[1, 10, 100, 1000]]);
        Assert.Equal([1000, 3200, 7040, 9865], y);
    }

    [Fact]
    public void Conv2D_sums_over_input_channels_and_keeps_filters_and_samples_apart()
    {
        double[] x = [1, 2, 10, 20, 3, 4, 30, 40]; // two samples of two channels of 1 x 2
        double[] y = Forward(new Conv2D(2, 1), Shape.Image(1, 2, 2), x, [[1, 1, 2, 0.5], [0, 100]]);
        Assert.Equal([11, 22, 107, 114, 33, 44, 121, 128], y);
    }

    [Fact]
    public void MaxPool2D_never_lets_padding_win()
    {
        double[] y = Forward(new MaxPool2D(2, 2, Padding.Of(1, 1, 0, 0)), Shape.Image(3, 3, 1), [.. OneToNine.Select(v => -v)]);
        Assert.Equal([-1, -2, -4, -5], y);
    }

    [Fact]
    public void MaxPool2D_gives_the_gradient_to_the_first_of_equal_values_in_row_order()
    {
        ReferenceLayer layer = Compile(new MaxPool2D(2), Shape.Image(2, 4, 1));
        ReferenceTensor x = Tensor(Shape.Image(2, 4, 1), [1, 7, 5, 5, 7, 7, 5, 5]);
        ReferenceTensor dx = layer.Backward(x, Tensor(Shape.Image(1, 2, 1), [3, 4]), default);
        Assert.Equal([0, 3, 4, 0, 0, 0, 0, 0], dx.Values);
    }

    [Fact]
    public void MaxPool2D_leaves_out_rows_and_columns_that_do_not_fill_a_window() =>
        Assert.Equal([5], Forward(new MaxPool2D(2), Shape.Image(3, 3, 1), OneToNine));

    [Fact]
    public void AveragePool2D_does_not_count_padding()
    {
        Assert.Equal([1, 2.5, 5.5, 7], Forward(new AveragePool2D(2, 2, Padding.Of(1, 1, 0, 0)), Shape.Image(3, 3, 1), OneToNine));
    }

    [Fact]
    public void Resizing_interpolates_between_the_centres_of_pixels()
    {
        Assert.Equal([0, 1, 3, 4], Forward(new Resizing(1, 4), Shape.Image(1, 2, 1), [0, 4]));
        Assert.Equal([1, 1.5, 2.5, 3, 1, 1.5, 2.5, 3], Forward(new Resizing(2, 4), Shape.Image(1, 2, 1), [1, 3]));
    }

    [Fact]
    public void GlobalAveragePool2D_averages_each_channel() =>
        Assert.Equal([2, 25], Forward(new GlobalAveragePool2D(), Shape.Image(2, 2, 2), [1, 2, 2, 3, 10, 20, 30, 40]));

    [Fact]
    public void Dense_has_one_row_of_weights_for_each_unit() =>
        Assert.Equal([321.5, 10, 654.5, 10], Forward(new Dense(2), Shape.Vector(3), [1, 2, 3, 4, 5, 6], [[1, 10, 100, 0, 0, 0], [0.5, 10]]));

    [Fact]
    public void BatchNorm_normalises_by_the_minibatch_while_training_and_keeps_running_averages()
    {
        var spec = new BatchNorm(Momentum: 0.75f, Epsilon: 1f);
        ReferenceLayer layer = Compile(spec, Shape.Image(1, 2, 1), [[2], [10], [4], [8]]);
        double[] y = layer.Forward(Tensor(Shape.Image(1, 2, 1), [1, 3, 5, 7]), Training).Values;
        double deviation = Math.Sqrt(5 + 1); // mean 4, biased variance (9 + 1 + 1 + 9) / 4
        double[] expected = [10 - 6 / deviation, 10 - 2 / deviation, 10 + 2 / deviation, 10 + 6 / deviation];
        for (int i = 0; i < 4; i++) Assert.Equal(expected[i], y[i], 12);
        Assert.Equal(0.75 * 4 + 0.25 * 4, layer.Parameters[2].Values[0], 12);
        Assert.Equal(0.75 * 8 + 0.25 * 5, layer.Parameters[3].Values[0], 12);
    }

    [Fact]
    public void BatchNorm_normalises_by_the_running_statistics_when_it_predicts_and_leaves_them()
    {
        ReferenceLayer layer = Compile(new BatchNorm(Epsilon: 1f), Shape.Vector(2), [[2, 1], [10, 0], [4, 0], [8, 3]]);
        double[] y = layer.Forward(Tensor(Shape.Vector(2), [1, 6, 7, -2]), ReferencePass.Inference).Values;
        Assert.Equal([8, 3, 12, -1], y);
        Assert.Equal([4, 0, 8, 3], layer.Parameters.Skip(2).SelectMany(p => p.Values));
    }

    [Fact]
    public void ReLU_passes_no_value_and_no_gradient_at_or_below_zero()
    {
        ReferenceLayer layer = Compile(new ReLU(), Shape.Vector(4));
        ReferenceTensor x = Tensor(Shape.Vector(4), [-1, 0, 1e-30, 2]);
        Assert.Equal([0, 0, 1e-30, 2], layer.Forward(x, Training).Values);
        Assert.Equal([0, 0, 7, 8], layer.Backward(x, Tensor(Shape.Vector(4), [5, 6, 7, 8]), Training).Values);
    }

    [Fact]
    public void Dropout_drops_what_the_mask_of_its_layer_and_step_drops_and_scales_the_rest()
    {
        var shape = Shape.Image(3, 4, 5);
        ReferenceLayer layer = Compile(new Dropout(0.25f), shape, layerIndex: 6);
        double[] x = [.. Enumerable.Range(1, 2 * 60).Select(i => (double)i)];
        var mask = new DropoutMask(0.25f, seed: 5, step: 9, layerIndex: 6);
        double[] y = layer.Forward(Tensor(shape, x), new ReferencePass(IsTraining: true, Seed: 5, Step: 9)).Values;
        for (int i = 0; i < x.Length; i++) Assert.Equal(mask.IsDropped((uint)i) ? 0 : x[i] * (1f / 0.75f), y[i]);
        Assert.InRange(y.Count(v => v == 0), 15, 45);
        Assert.Equal(x, layer.Forward(Tensor(shape, x), ReferencePass.Inference).Values);
    }

    [Fact]
    public void Flatten_keeps_channel_row_column_order()
    {
        ReferenceTensor x = new(1, Shape.Image(2, 3, 4));
        x[0, 2, 1, 0] = 1;
        ReferenceTensor y = Compile(new Flatten(), x.Shape).Forward(x, Training);
        Assert.Equal(1, y[0, 2 * 6 + 1 * 3 + 0]);
        Assert.Equal(24, y.C);
    }

    [Fact]
    public void Softmax_of_huge_logits_stays_finite()
    {
        double[] y = Forward(new Softmax(), Shape.Vector(3), [1000, 1000 + Math.Log(3), -1000]);
        Assert.Equal(0.25, y[0], 12);
        Assert.Equal(0.75, y[1], 12);
        Assert.Equal(0, y[2]);
    }

    private static ReferencePass Training => new(IsTraining: true, Seed: 0, Step: 0);

    private static double[] Forward(Layer layer, Shape input, double[] x, double[][]? parameters = null) =>
        Compile(layer, input, parameters ?? []).Forward(Tensor(input, x), Training).Values;

    private static ReferenceLayer Compile(Layer layer, Shape input, double[][]? parameters = null, int layerIndex = 0)
    {
        var place = new NetworkLayer("layer", layer, input, layer.OutputShape(input), layer.Parameters(input));
        ReferenceLayer reference = ReferenceCompiler.Compile(place, layerIndex, slotCount: 0);
        foreach (var (parameter, values) in reference.Parameters.Zip(parameters ?? [])) values.CopyTo(parameter.Values, 0);
        return reference;
    }

    private static ReferenceTensor Tensor(Shape shape, double[] values)
    {
        var tensor = new ReferenceTensor(values.Length / shape.Size, shape);
        values.CopyTo(tensor.Values, 0);
        return tensor;
    }
}
