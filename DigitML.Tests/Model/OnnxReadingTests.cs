using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Model;
using DigitML.Model.Onnx;
using static DigitML.Tests.Model.OnnxTestGraph;

namespace DigitML.Tests.Model;

/// <summary>ONNX files that other programs write.</summary>
public class OnnxReadingTests
{
    [Fact]
    public void A_convolutional_network_as_pytorch_exports_it()
    {
        DigitModel model = new OnnxTestGraph([0, 1, 8, 8])
            .Add("Conv", [Numbers(3, 1, 3, 3), Numbers(3)], [("kernel_shape", new[] { 3, 3 }), ("pads", new[] { 1, 0, 2, 1 }), ("strides", new[] { 1, 2 }), ("dilations", new[] { 1, 1 }), ("group", 1)])
            .Add("BatchNormalization", [Numbers(3), Numbers(3), Numbers(3), (new[] { 3 }, new[] { 1f, 2, 3 })], [("epsilon", 0.01f), ("momentum", 0.9f)])
            .Add("Relu").Add("MaxPool", null, [("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }), ("ceil_mode", 0)])
            .Add("AveragePool", null, [("kernel_shape", new[] { 2, 1 })])
            .Add("Dropout", [0.25f]).Add("Flatten", null, [("axis", 1)])
            .Add("Gemm", [Numbers(4, 18), Numbers(4)], [("alpha", 1f), ("beta", 1f), ("transB", 1)]).Load();
        Assert.Equal("main", model.Network.Name);
        Assert.Equal(
            [new Conv2D(3, 3, Padding.Of(1, 0, 2, 1), new Size2D(1, 2)), new BatchNorm(Epsilon: 0.01f), new ReLU(), new MaxPool2D(2), new AveragePool2D(new Size2D(2, 1), 1),
                new Dropout(0.25f), new Flatten(), new Dense(4)],
            TestModels.Layers(model.Network));
        Assert.Equal(new PixelNormalization(1, 0), model.Normalization);
        Assert.Equal(["0", "1", "2", "3"], model.Labels.Labels.AsEnumerable());
        Assert.Equal("pytorch 2.1", model.Metadata.WrittenBy);
        Assert.Equal(Numbers(3, 1, 3, 3).Values, model.Weights.OfLayer(0)[0].Values);
        Assert.Equal(Numbers(4, 18).Values, model.Weights.OfLayer(7)[0].Values);
        Assert.Equal([1f, 2, 3], model.Weights.OfLayer(1)[3].Values);
    }

    [Fact]
    public void A_network_with_biases_as_added_constants_reshaped_weights_and_automatic_padding()
    {
        var graph = new OnnxTestGraph([1, 1, 6, 6], operatorSet: 8);
        graph.Add("Div", [255f]).Add("Conv", [Numbers(2, 1, 3, 3)], [("auto_pad", "SAME_UPPER"), ("kernel_shape", new[] { 3, 3 }), ("strides", new[] { 2, 2 })]);
        graph.Add("Add", [(new[] { 2, 1, 1 }, new[] { 0.5f, -0.25f })]).Add("Relu");
        graph.Add("Reshape", [new long[] { 1, 18 }]);
        string weight = graph.Constant(Numbers(2, 3, 3, 4)), shape = graph.Constant(new long[] { 18, -1 });
        graph.Graph.Node.Insert(0, new NodeProto { OpType = "Reshape", Input = { weight, shape }, Output = { "flat" } });
        DigitModel model = graph.Add("MatMul", ["flat"]).Add("Add", [Numbers(1, 4)]).Load();
        Assert.Equal([new Conv2D(2, 3, Padding.Same, 2), new ReLU(), new Flatten(), new Dense(4)], TestModels.Layers(model.Network));
        Assert.Equal([0.5f, -0.25f], model.Weights.OfLayer(0)[1].Values);
        Assert.Equal(Numbers(4).Values, model.Weights.OfLayer(3)[1].Values);
        Assert.Equal(Numbers(2, 3, 3, 4).Values[4 * 5 + 3], model.Weights.OfLayer(3)[0].Values[18 * 3 + 5]);
        Assert.Equal(1 / 255f, model.Normalization.Scale);
    }

    [Fact]
    public void Arithmetic_on_the_input_is_the_normalisation()
    {
        DigitModel model = new OnnxTestGraph([0, 1, 2, 2], inputType: TensorProto.Types.DataType.Uint8)
            .Add("Cast", null, [("to", 1)]).Add("Div", [255f]).Add("Sub", [(new[] { 1, 1, 1 }, new[] { 0.5f })]).Add("Mul", [4f]).Add("Sub", [1f]).Swapped()
            .Add("Flatten").Add("Gemm", [Numbers(4, 3)]).Load();
        Assert.Equal(new PixelNormalization(-4 / 255f, 3), model.Normalization);
    }

    [Fact]
    public void Arithmetic_elsewhere_is_done_channel_by_channel()
    {
        float[] Scores(Func<OnnxTestGraph, OnnxTestGraph> add, float[] weight) => TestModels.Scores(
            add(new OnnxTestGraph([0, 1, 1, 2]).Add("Relu")).Add("Flatten").Add("Gemm", [(new[] { 2, 2 }, weight), (new[] { 2 }, new[] { 1f, 0 })]).Load(), [3, 5], 1);
        float Softmax(float first, float second) => 1 / (1 + MathF.Exp(second - first));
        Assert.Equal(Softmax(1 + 1, 2), Scores(graph => graph.Add("Mul", [0f]).Add("Add", [1f]), [1, 0, 0, 2])[0], 6);
        Assert.Equal(Softmax(0.75f + 1, 1.25f), Scores(graph => graph.Add("Div", [4f]), [1, 0, 0, 1])[0], 6);
        Assert.Equal(Softmax(4 - 3 + 1, 4 - 5), Scores(graph => graph.Add("Sub", [4f]).Swapped(), [1, 0, 0, 1])[0], 6);
        Assert.Equal(Softmax(3 - 4 + 1, 5 - 4), Scores(graph => graph.Add("Sub", [4f]), [1, 0, 0, 1])[0], 6);
    }

    [Fact]
    public void A_global_mean_is_a_vector_with_or_without_a_flatten_and_an_image_before_a_convolution()
    {
        Layer[] expected = [new Conv2D(3, 2, UseBias: false), new GlobalAveragePool2D(), new Softmax()];
        OnnxTestGraph Start() => new OnnxTestGraph([0, 1, 5, 5]).Add("Conv", [Numbers(3, 1, 2, 2)]).Add("GlobalAveragePool");
        Assert.Equal(expected, TestModels.Layers(Start().Add("Flatten").Add("Softmax").Load().Network));
        Assert.Equal(expected, TestModels.Layers(Start().Add("Reshape", [new long[] { 0, -1 }]).Add("Softmax", null, [("axis", 1)]).Load().Network));
        Assert.Equal(expected, TestModels.Layers(Start().Add("Softmax", null, [("axis", 1)]).Load().Network));
        Assert.Equal(expected[..2], TestModels.Layers(Start().Load().Network));
        Assert.Equal(
            [new Conv2D(3, 2, UseBias: false), new AveragePool2D(4), new Conv2D(2, 1, UseBias: false), new Flatten()],
            TestModels.Layers(Start().Add("Conv", [Numbers(2, 3, 1, 1)]).Add("Flatten").Load().Network));
    }

    [Fact]
    public void Pixels_in_one_row_are_an_image_that_is_flattened_or_given_its_sizes()
    {
        DigitModel dense = new OnnxTestGraph([0, 9]).Add("Div", [255f]).Add("Gemm", [Numbers(9, 2)], [("alpha", 2f)]).Load();
        Assert.Equal(Shape.Image(3, 3, 1), dense.Network.InputShape);
        Assert.Equal([new Flatten(), new Dense(2, UseBias: false)], TestModels.Layers(dense.Network));
        Assert.Equal(1 / 255f, dense.Normalization.Scale);
        Assert.Equal(2 * Numbers(9, 2).Values[2], dense.Weights.Tensors[0].Values[1]);
        DigitModel row = new OnnxTestGraph([0, 12]).Add("Gemm", [Numbers(12, 2)]).Load();
        Assert.Equal(Shape.Image(1, 12, 1), row.Network.InputShape);
        DigitModel point = new OnnxTestGraph([0, 1]).Add("Gemm", [Numbers(1, 2)]).Load();
        Assert.Equal(Shape.Image(1, 1, 1), point.Network.InputShape);
        DigitModel line = new OnnxTestGraph([0, 3]).Add("Mul", [2f]).Add("Reshape", [new long[] { -1, 1, 3, 1 }]).Add("Relu").Add("Flatten").Load();
        Assert.Equal((Shape.Image(3, 1, 1), new PixelNormalization(2, 0)), (line.Network.InputShape, line.Normalization));
        Assert.Equal([new ReLU(), new Flatten()], TestModels.Layers(line.Network));
        DigitModel shaped = new OnnxTestGraph([0, 12]).Add("Reshape", [new long[] { -1, 1, 3, 4 }]).Add("Conv", [Numbers(2, 1, 3, 4)]).Add("Flatten").Load();
        Assert.Equal(Shape.Image(3, 4, 1), shaped.Network.InputShape);
    }

    [Fact]
    public void The_choice_of_the_label_and_further_outputs_change_nothing()
    {
        var graph = new OnnxTestGraph([0, 1, 2, 2]).Add("Flatten").Add("Gemm", [Numbers(4, 3)]);
        graph.Graph.Node.Add(new NodeProto { OpType = "ArgMax", Input = { "v1" }, Output = { "best" } });
        graph.Graph.Node.Add(new NodeProto { OpType = "Cast", Input = { "best" }, Output = { "label" }, Attribute = { new AttributeProto { Name = "to", I = 6 } } });
        graph.Graph.Output.Add(new ValueInfoProto { Name = "label" });
        graph.Graph.Output.Add(new ValueInfoProto { Name = "v1" });
        DigitModel model = graph.Add("Identity").Add("Softmax", null, [("axis", -1)]).Load();
        Assert.Equal([new Flatten(), new Dense(3, UseBias: false), new Softmax()], TestModels.Layers(model.Network));
    }

    [Fact]
    public void Constants_may_be_nodes_lists_of_floats_and_listed_as_inputs()
    {
        var graph = new OnnxTestGraph([0, 1, 2, 2]);
        var tensor = new TensorProto { DataType = 1, Dims = { 4, 2 }, FloatData = { 1, 2, 3, 4, 5, 6, 7, 8 } };
        graph.Graph.Node.Add(new NodeProto { OpType = "Constant", Output = { "k" }, Attribute = { new AttributeProto { Name = "value", T = tensor } } });
        graph.Graph.Node.Add(new NodeProto { OpType = "Identity", Input = { "k" }, Output = { "w" } });
        graph.Add("Flatten").Add("Gemm", ["w", Numbers(2)], [("beta", 0.5f)]);
        graph.Graph.Input.Add(new ValueInfoProto { Name = "c0" });
        DigitModel model = graph.Load();
        Assert.Equal([1f, 3, 5, 7, 2, 4, 6, 8], model.Weights.Tensors[0].Values);
        Assert.Equal(Numbers(2).Values.Select(value => value * 0.5f), model.Weights.Tensors[1].Values);
    }

    [Fact]
    public void Constants_may_be_single_floats_with_value_float_and_reshaped_by_copied_or_open_sizes()
    {
        var graph = new OnnxTestGraph([0, 1, 2, 2]);
        graph.Graph.Node.Add(new NodeProto { OpType = "Constant", Output = { "half" }, Attribute = { new AttributeProto { Name = "value_float", F = 0.5f } } });
        graph.Graph.Node.Add(new NodeProto { OpType = "Reshape", Input = { graph.Constant(Numbers(2, 4)), graph.Constant(new long[] { -1, 2 }) }, Output = { "open" } });
        graph.Graph.Node.Add(new NodeProto { OpType = "Identity", Input = { "open" }, Output = { "same" } });
        graph.Graph.Node.Add(new NodeProto { OpType = "Reshape", Input = { graph.Constant(Numbers(2, 1)), graph.Constant(new long[] { 0 }) }, Output = { "copied" } });
        DigitModel model = graph.Add("Mul", ["half"]).Add("Flatten").Add("MatMul", ["same"]).Add("Add", ["copied"]).Load();
        Assert.Equal(new PixelNormalization(0.5f, 0), model.Normalization);
        Assert.Equal(Numbers(2, 4).Values[2 * 3 + 1], model.Weights.Tensors[0].Values[4 + 3]);
        Assert.Equal(Numbers(2).Values, model.Weights.Tensors[1].Values);
    }

    [Fact]
    public void A_transposed_weight_is_multiplied_by_alpha()
    {
        DigitModel model = Image().Add("Flatten").Add("Gemm", [Numbers(2, 64)], [("transB", 1), ("alpha", -2f)]).Load();
        Assert.Equal(Numbers(2, 64).Values.Select(value => -2 * value), model.Weights.Tensors[0].Values);
    }

    [Fact]
    public void The_scores_of_a_1x1_image_are_taken_over_its_channels()
    {
        OnnxTestGraph Start(long operatorSet) => new OnnxTestGraph([0, 1, 5, 5], operatorSet).Add("Conv", [Numbers(3, 1, 2, 2)]).Add("GlobalAveragePool");
        Assert.IsType<Softmax>(TestModels.Layers(Start(13).Add("Softmax", null, [("axis", -3)]).Load().Network)[^1]);

        // The default is axis 1, the channels, up to version 12 and the last axis, which has one column here, from version 13 on.
        Assert.IsType<Softmax>(TestModels.Layers(Start(12).Add("Softmax").Load().Network)[^1]);
        Assert.Equal("model.onnx: Softmax (node \"n2\") has axis -1; DigitML runs it over the classes, axis 1.", Refusal(Start(13).Add("Softmax")));
        Assert.Equal("model.onnx: Softmax (node \"n0\") has axis -3; DigitML runs it over the classes, axis 1.", Refusal(Image().Add("Softmax", null, [("axis", -3)])));
    }

    [Fact]
    public void A_flatten_may_count_its_axis_from_the_end()
    {
        Assert.Equal([new Flatten()], TestModels.Layers(Image().Add("Flatten", null, [("axis", -3)]).Load().Network));
        Assert.Equal([new Flatten()], TestModels.Layers(Image().Add("Flatten").Add("Flatten", null, [("axis", -1)]).Load().Network));
        Assert.Equal("model.onnx: Flatten (node \"n1\") has axis -3; DigitML runs axis 1.", Refusal(Image().Add("Flatten").Add("Flatten", null, [("axis", -3)])));
    }

    [Fact]
    public void Nodes_that_change_nothing_are_left_out()
    {
        Layer[] layers = TestModels.Layers(Image().Add("Reshape", [new long[] { -1, 1, 8, 8 }]).Add("Relu").Add("Cast", null, [("to", 1)]).Add("Flatten").Load().Network);
        Assert.Equal([new ReLU(), new Flatten()], layers);
    }

    [Fact]
    public void A_pooling_that_rounds_up_is_read_where_there_is_nothing_to_round()
    {
        DigitModel model = Image().Add("MaxPool", null, [("kernel_shape", new[] { 2, 3 }), ("strides", new[] { 2, 2 }), ("pads", new[] { 1, 0, 1, 1 }), ("ceil_mode", 1)]).Add("Flatten").Load();
        Assert.Equal(new MaxPool2D(new Size2D(2, 3), 2, Padding.Of(1, 0, 1, 1)), model.Network.Layers[0].Layer);
        model = Image().Add("AveragePool", null, [("kernel_shape", new[] { 2, 2 }), ("count_include_pad", 1)]).Add("Flatten").Load();
        Assert.Equal(new AveragePool2D(2, 1), model.Network.Layers[0].Layer);
    }

    [Fact]
    public void A_dropout_takes_its_rate_from_a_constant_an_attribute_or_the_format()
    {
        Layer First(object[]? constants, params (string, object)[] attributes) => TestModels.Layers(Image().Add("Dropout", constants, attributes).Add("Flatten").Load().Network)[0];
        Assert.Equal(new Dropout(0.25f), First([0.25f]));
        Assert.Equal(new Dropout(0.125f), First(null, ("ratio", 0.125f)));
        Assert.Equal(new Dropout(0.125f), First([""], ("ratio", 0.125f)));
        Assert.Equal(new Dropout(0.5f), First(null));
    }

    [Fact]
    public void The_oldest_operators_and_the_domain_of_ONNX_by_name()
    {
        OnnxTestGraph graph = new OnnxTestGraph([0, 1, 8, 8], operatorSet: 7).Add("Flatten");
        graph.File.OpsetImport.Insert(0, new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 });
        (graph.File.OpsetImport[1].Domain, graph.Graph.Node[0].Domain) = ("ai.onnx", "ai.onnx");
        Assert.Equal([new Flatten()], TestModels.Layers(graph.Load().Network));
    }

    [Fact]
    public void Padding_that_is_lower_first_goes_to_the_top_left()
    {
        DigitModel model = new OnnxTestGraph([0, 1, 4, 4]).Add("Conv", [Numbers(1, 1, 2, 2)], [("auto_pad", "SAME_LOWER")]).Add("Flatten").Load();
        Assert.Equal(Padding.Of(1, 1, 0, 0), Assert.IsType<Conv2D>(model.Network.Layers[0].Layer).Padding);
    }
}
