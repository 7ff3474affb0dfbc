using DigitML.Engine.Networks;
using DigitML.Model;
using DigitML.Model.Contents;
using DigitML.Model.Onnx;
using Google.Protobuf;
using static DigitML.Tests.Model.DigitModelFileTests;

namespace DigitML.Tests.Model;

/// <summary>Models that average scores, in files.</summary>
public class AveragingModelFileTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void A_saved_model_comes_back_with_all_its_networks_and_gives_the_same_bytes_again(int networks, int shift)
    {
        DigitModel model = AveragingModelTests.Model(networks, shift, new ModelMetadata { MembersJson = "[1, 2]" });
        byte[] bytes = TestModels.Bytes(model);
        DigitModel loaded = DigitModel.Load(new MemoryStream(bytes));
        Assert.Equal((networks, shift), (loaded.Members.Length, loaded.TestTimeShift));
        Assert.Equal("[1, 2]", loaded.Metadata.MembersJson);
        Assert.Equal(model.Labels.Labels.AsEnumerable(), loaded.Labels.Labels);
        foreach (var (expected, actual) in model.Members.Zip(loaded.Members))
        {
            Assert.Equal((expected.Network.Name, expected.Normalization), (actual.Network.Name, actual.Normalization));
            Assert.Equal(TestModels.Layers(expected.Network), TestModels.Layers(actual.Network));
            Assert.Equal(expected.Weights.Tensors.Select(tensor => tensor.Name), actual.Weights.Tensors.Select(tensor => tensor.Name));
            foreach (var (one, other) in expected.Weights.Tensors.Zip(actual.Weights.Tensors)) Assert.Equal(one.Values, other.Values);
        }

        Assert.Equal(bytes, TestModels.Bytes(loaded));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    public void A_classifier_of_a_file_gives_the_scores_of_one_of_the_whole_model(int networks, int shift)
    {
        DigitModel model = AveragingModelTests.Model(networks, shift);
        byte[] pixels = TestModels.Pixels(TestModels.Everything, 9);
        using var classifier = DigitClassifier.Load(new MemoryStream(TestModels.Bytes(model)));
        var scores = new float[9 * 4];
        classifier.PredictBatch(pixels, 9, scores);
        Assert.Equal(TestModels.Scores(model, pixels, 9), scores);
        Assert.DoesNotContain(classifier.Model.Members[0].Network.Layers, place => place.Layer is Dropout);
    }

    [Fact]
    public void The_graph_has_the_input_and_outputs_of_one_network_and_the_operators_that_any_runtime_has()
    {
        GraphProto graph = File(AveragingModelTests.Model(2, 1)).Graph, one = File(AveragingModelTests.Model(1, 0)).Graph;
        Assert.Equal(one.Input, graph.Input);
        Assert.Equal(one.Output, graph.Output);
        Assert.Equal("ensemble", graph.Name);
        string[] chain = [.. one.Node.Select(node => node.OpType).SkipLast(1)], small = ["Mul", "Conv", "Relu", "MaxPool", "Flatten", "Gemm", "Softmax"];
        Assert.Equal(
            ["Pad", "Slice", "Slice", "Slice", "Slice", "Concat", .. chain, .. small, "Concat", "Reshape", "ReduceMean", "ArgMax"],
            graph.Node.Select(node => node.OpType));
        Assert.Equal(graph.Node.Count, graph.Node.SelectMany(node => node.Output).Distinct().Count());
        Assert.Equal(graph.Initializer.Count, graph.Initializer.Select(tensor => tensor.Name).Distinct().Count());
        HashSet<string> made = ["pixels", .. graph.Initializer.Select(tensor => tensor.Name)];
        foreach (NodeProto node in graph.Node)
        {
            Assert.All(node.Input, input => Assert.Contains(input, made));
            made.UnionWith(node.Output);
        }
    }

    [Fact]
    public void Weights_that_another_program_changed_are_read_as_they_are()
    {
        ModelProto file = File(AveragingModelTests.Model(2, 1));
        TensorProto bias = file.Graph.Initializer.Single(tensor => tensor.Name == "member_1.dense.bias");
        file.Graph.Initializer[file.Graph.Initializer.IndexOf(bias)] = OnnxTensor.Float(bias.Name, [4], [9, 0, 0, 0]);
        DigitModel loaded = Load(file);
        Assert.Equal([9f, 0, 0, 0], loaded.Members[1].Weights.Tensors[^1].Values);
        Assert.DoesNotContain(loaded.Members[0].Network.Layers, place => place.Layer is Dropout);
    }

    [Fact]
    public void Each_position_is_a_slice_of_the_padded_image()
    {
        GraphProto graph = File(AveragingModelTests.Model(1, 2)).Graph;
        long[] Constant(string name) => OnnxTensor.ReadIntegers("", graph.Initializer.Single(tensor => tensor.Name == name)).Values;
        Assert.Equal([0, 0, 2, 2, 0, 0, 2, 2], Constant("pixels.margins"));

        // An image moved down begins in the margin above it. It is 14 pixels high and 13 wide.
        (string Direction, long[] From)[] positions = [("up", [4, 2]), ("down", [0, 2]), ("left", [2, 4]), ("right", [2, 0])];
        foreach (var (direction, from) in positions)
        {
            Assert.Equal(from, Constant($"pixels.{direction}.from"));
            Assert.Equal([from[0] + 14, from[1] + 13], Constant($"pixels.{direction}.to"));
        }

        Assert.Equal([5, -1, 4], Constant("scores.groups"));
    }

    [Fact]
    public void A_trained_network_that_is_missing_leaves_the_graph_as_the_model()
    {
        ModelProto file = File(AveragingModelTests.Model(2, 1));
        file.MetadataProps.Remove(file.MetadataProps.Single(entry => entry.Key == "digitml.member_1.network"));
        DigitModel loaded = Load(file);
        Assert.Equal(2, loaded.Members.Length);
        Assert.DoesNotContain(loaded.Members[0].Network.Layers, place => place.Layer is Dropout);
    }

    [Fact]
    public void Networks_of_one_model_have_the_same_number_of_classes()
    {
        ModelProto file = File(AveragingModelTests.Model(2, 1));
        TensorProto bias = file.Graph.Initializer.Single(tensor => tensor.Name == "member_1.dense.bias"), weight = file.Graph.Initializer.Single(tensor => tensor.Name == "member_1.dense.weight");
        file.Graph.Initializer[file.Graph.Initializer.IndexOf(bias)] = OnnxTensor.Float(bias.Name, [3], new float[3]);
        int inputs = (int)weight.Dims[1];
        file.Graph.Initializer[file.Graph.Initializer.IndexOf(weight)] = OnnxTensor.Float(weight.Name, [3, inputs], new float[3 * inputs]);
        Assert.Equal("model.onnx: Network \"member_1\" has 3 classes but there are 4 labels; a model needs one label per class.", Message(() => Load(file)));
    }

    [Theory]
    [InlineData("margins")]
    [InlineData("huge margins")]
    [InlineData("no margins")]
    [InlineData("sum")]
    [InlineData("one position twice")]
    [InlineData("extra member")]
    [InlineData("missing member")]
    [InlineData("no members")]
    [InlineData("no input")]
    public void What_is_averaged_in_another_way_is_refused(string change)
    {
        ModelProto file = File(AveragingModelTests.Model(2, 1));
        Change(file.Graph, change);
        Assert.Equal(
            "model.onnx: it averages scores differently from DigitML; DigitML reads only averaging graphs that it wrote, in which at most weights were changed.",
            Message(() => Load(file)));
    }

    [Fact]
    public void A_network_of_an_ensemble_that_cannot_be_run_is_named()
    {
        ModelProto file = File(AveragingModelTests.Model(2, 1));
        file.Graph.Node.Single(node => node.Name == "member_1.re_lu").OpType = "Sinh";
        Assert.StartsWith("model.onnx: operator \"Sinh\" (node \"member_1.re_lu\") is not one DigitML can run; it runs Conv, ", Message(() => Load(file)), StringComparison.Ordinal);
        file = File(AveragingModelTests.Model(2, 1));
        file.MetadataProps.Single(entry => entry.Key == "digitml.member_1.network").Value = "{}";
        Assert.Equal(
            "model.onnx: its metadata \"digitml.member_1.network\" is not a network: a network has a name, an inputShape of [height, width, channels] and layers.",
            Message(() => Load(file)));
    }

    [Fact]
    public void A_damaged_ensemble_is_loaded_or_refused() => OnnxFuzzTests.Fuzz(TestModels.Bytes(AveragingModelTests.Model(3, 1)), 600);

    private static void Change(GraphProto graph, string change)
    {
        switch (change)
        {
            case "margins": Replace([0, 0, 2, 1, 0, 0, 1, 1]); break;
            case "huge margins": Replace([0, 0, 1L << 40, 1L << 40, 0, 0, 1L << 40, 1L << 40]); break;
            case "no margins": Replace(null); break;
            case "sum": graph.Node.Single(node => node.OpType == "ReduceMean").OpType = "ReduceSum"; break;
            case "one position twice": graph.Node.Single(node => node.Name == "pixels.views").Input[1] = "pixels"; break;
            case "extra member": graph.Node.Add(new NodeProto { OpType = "Relu", Input = { "pixels" }, Output = { "member_4.x" } }); break;
            case "missing member": Remove("member_1."); break;
            case "no members": Remove("member_"); break;
            default: graph.Input.Clear(); break;
        }

        void Replace(long[]? margins)
        {
            TensorProto old = graph.Initializer.Single(tensor => tensor.Name == "pixels.margins");
            graph.Initializer.Remove(old);
            if (margins is not null) graph.Initializer.Insert(0, OnnxTensor.Integers(old.Name, margins));
        }

        void Remove(string prefix)
        {
            foreach (NodeProto node in graph.Node.Where(node => node.Name.StartsWith(prefix, StringComparison.Ordinal)).ToArray()) graph.Node.Remove(node);
        }
    }
}
