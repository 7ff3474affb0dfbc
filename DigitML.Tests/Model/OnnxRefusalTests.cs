using DigitML.Engine;
using DigitML.Model;
using DigitML.Model.Contents;
using DigitML.Model.Onnx;
using Google.Protobuf;
using static DigitML.Tests.Model.DigitModelFileTests;
using static DigitML.Tests.Model.OnnxTestGraph;

namespace DigitML.Tests.Model;

/// <summary>Files that DigitML cannot run or trust are refused in one line.</summary>
public class OnnxRefusalTests
{
    private const string Runs = "it runs Conv, Gemm, MatMul, Relu, MaxPool, AveragePool, GlobalAveragePool, BatchNormalization, Flatten, Reshape, Softmax, Dropout, "
        + "Identity, Add, Sub, Mul, Div, Constant, Cast, ArgMax.";

    [Fact]
    public void A_model_of_ML_NETs_trainers_is_told_with_the_way_out()
    {
        const string Expected = "model.onnx is a zip, as models of ML.NET's own trainers are; they cannot be exported, merged, retrained or loaded here: "
            + "evaluate, predict, compare and serve take them, and PipelineScorer.Load in an app.";
        Assert.Equal(Expected, Refusal("PK\u0003\u0004\u0014\0"u8.ToArray()));
        using var stream = new MemoryStream("PK\u0003\u0004\u0014\0"u8.ToArray());
        Assert.Equal(Expected.Replace(".onnx", "", StringComparison.Ordinal), Assert.Throws<DigitMLException>(() => DigitClassifier.Load(stream)).Message);
    }

    [Fact]
    public void An_operator_DigitML_lacks_is_named()
    {
        Assert.Equal($"model.onnx: operator \"LSTM\" (node \"memory\") is not one DigitML can run; {Runs}", Refusal(Image().Add("LSTM", name: "memory")));
        OnnxTestGraph other = Image().Add("FusedConv", name: "");
        other.Graph.Node[0].Domain = "com.microsoft";
        Assert.Equal($"model.onnx: operator \"com.microsoft.FusedConv\" (node \"v0\") is not one DigitML can run; {Runs}", Refusal(other));
    }

    [Fact]
    public void A_name_with_line_breaks_or_without_end_stays_one_line()
    {
        Assert.Equal($"model.onnx: operator \"L?S\" (node \"?[31m\") is not one DigitML can run; {Runs}", Refusal(Image().Add("L\nS", name: "\u001b[31m")));
        string line = Refusal(Image().Add(new string('L', 100_000)));
        Assert.Equal((300, true), (line.Length, line.EndsWith("LLL ...", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_that_is_no_ONNX_at_all()
    {
        Assert.Equal("model.onnx is damaged, truncated, or not an ONNX model at all.", Refusal("this is a text, not a model\n"u8.ToArray()));
        Assert.Equal("model.onnx is not an ONNX model: it holds no graph.", Refusal([8, 7]));
        Assert.Equal("model.onnx is empty.", Refusal(Array.Empty<byte>()));
    }

    [Fact]
    public void A_file_cut_short_at_any_byte_is_refused()
    {
        byte[] whole = TestModels.Bytes(TestModels.Model(TestModels.Compact));
        for (int length = 0; length < whole.Length; length += 41) Assert.StartsWith("model.onnx", Refusal(whole[..length]));
        Assert.Equal("model.onnx is damaged, truncated, or not an ONNX model at all.", Refusal(whole[..(whole.Length / 2)]));
    }

    [Fact]
    public void A_tensor_larger_than_the_file()
    {
        var declared = new TensorProto { DataType = 1, Dims = { 1_000_000_000, 1_000_000_000, 1_000_000_000, 4 }, RawData = ByteString.CopyFrom(new byte[36]) };
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("model.onnx: tensor \"c0\" of [1000000000, 1000000000, 1000000000, 4] needs 9223372036854775807 values but the file holds 9.",
            Refusal(Image().Add("Conv", [declared])));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000_000);
        Assert.Equal("model.onnx: tensor \"c0\" of [2, 1, 3, 3] needs 18 values but the file holds 9.", Refusal(Image().Add("Conv", [Tensor([2, 1, 3, 3], 9)])));
        Assert.Equal("model.onnx: tensor \"c0\" of [1] needs 1 values but the file holds 3 bytes.",
            Refusal(Image().Add("Mul", [new TensorProto { DataType = 1, Dims = { 1 }, RawData = ByteString.CopyFrom(1, 2, 3) }])));
    }

    [Fact]
    public void A_tensor_that_is_not_of_finite_floats_in_this_file()
    {
        Assert.Equal("model.onnx: tensor \"c0\" has the sizes [2, -1]; a size is 0 or more.", Refusal(Image().Add("Mul", [Tensor([2, -1], 2)])));
        Assert.Equal("model.onnx: tensor \"c0\" holds FLOAT16 values; DigitML reads FLOAT, and INT64 for shapes.",
            Refusal(Image().Add("Mul", [new TensorProto { DataType = 10, RawData = ByteString.CopyFrom(1, 2) }])));
        Assert.Equal("model.onnx: tensor \"c0\" holds type 99 values; DigitML reads FLOAT, and INT64 for shapes.", Refusal(Image().Add("Mul", [new TensorProto { DataType = 99 }])));
        Assert.Equal("model.onnx: tensor \"c0\" is stored in another file; save the model with all its data in one file.",
            Refusal(Image().Add("Mul", [new TensorProto { DataType = 1, DataLocation = TensorProto.Types.DataLocation.External }])));
        Assert.Equal("model.onnx: tensor \"c0\" holds a NaN; values are finite numbers.", Refusal(Image().Add("Mul", [float.NaN])));
    }

    [Fact]
    public void A_graph_that_is_no_chain()
    {
        OnnxTestGraph branch = Image().Add("Relu");
        branch.Graph.Node.Add(new NodeProto { OpType = "Identity", Name = "side", Input = { "v0" }, Output = { "s" } });
        Assert.Equal("model.onnx: the value \"v0\" is used by 2 nodes (\"side\", \"n2\"); DigitML runs only networks that are a single chain.", Refusal(branch.Add("Relu")));
        OnnxTestGraph residual = Image().Add("Relu").Add("Add", ["x"]);
        Assert.Equal("model.onnx: the value \"x\" is used by 2 nodes (\"n0\", \"n1\"); DigitML runs only networks that are a single chain.", Refusal(residual));
        Assert.Equal("model.onnx: Add (node \"n0\") combines \"x\" and \"x\"; DigitML runs only networks that are a single chain.", Refusal(Image().Add("Add", ["x"])));
        OnnxTestGraph circle = Image().Add("Relu").Add("Relu");
        circle.Graph.Node[1].Output[0] = "x";
        Assert.Equal("model.onnx: Relu (node \"n1\") produces \"x\" again; the graph has a cycle.", Refusal(circle));
        OnnxTestGraph stray = Image().Add("Flatten");
        stray.Graph.Node.Add(new NodeProto { OpType = "Relu", Name = "stray", Input = { "nowhere" }, Output = { "s" } });
        Assert.Equal("model.onnx: Relu (node \"stray\") is not on the chain from the graph's input to its output.", Refusal(stray));
        OnnxTestGraph two = Image().Add("Flatten");
        two.Graph.Input.Add(new ValueInfoProto { Name = "y" });
        Assert.Equal("model.onnx: its graph has 2 inputs; DigitML runs networks with one.", Refusal(two));
        OnnxTestGraph loose = Image().Add("Flatten");
        loose.Graph.Output.Add(new ValueInfoProto { Name = "elsewhere" });
        Assert.Equal("model.onnx: the chain of nodes from its input ends in \"v0\", which is not an output of the graph.", Message(() => OnnxTestGraph.Load(loose.File)));
    }

    [Fact]
    public void A_constant_that_is_missing_or_there_twice()
    {
        Assert.Equal("model.onnx: Conv (node \"n0\") uses \"weight\", which this file does not define.", Refusal(Image().Add("Conv", ["weight"])));
        Assert.Equal("model.onnx: Conv (node \"n0\") has no input 2.", Refusal(Image().Add("Conv")));
        OnnxTestGraph twice = Image().Add("Mul", [2f]);
        twice.Graph.Initializer.Add(twice.Graph.Initializer[0]);
        Assert.Equal("model.onnx: the tensor \"c0\" appears twice.", Refusal(twice));
    }

    [Fact]
    public void An_input_that_is_no_grey_image()
    {
        Assert.Equal("model.onnx: its input \"x\" is [batch, 3, 8, 8]; DigitML reads only networks for grey images, [N, 1, height, width].", Refusal(new OnnxTestGraph([0, 3, 8, 8]).Add("Flatten")));
        Assert.Equal("model.onnx: its input \"x\" is [batch, 1, batch, 8]; DigitML reads only networks for grey images, [N, 1, height, width].", Refusal(new OnnxTestGraph([0, 1, 0, 8]).Add("Flatten")));
        Assert.Equal("model.onnx: its input \"x\" is [1, 1, 100000, 100000]; DigitML reads only networks for grey images, [N, 1, height, width].", Refusal(new OnnxTestGraph([1, 1, 100_000, 100_000]).Add("Flatten")));
        Assert.Equal("model.onnx: its input \"x\" holds DOUBLE values; DigitML feeds FLOAT.", Refusal(new OnnxTestGraph([0, 1, 8, 8], inputType: TensorProto.Types.DataType.Double).Add("Flatten")));
    }

    [Fact]
    public void A_convolution_of_another_kind()
    {
        Assert.Equal("model.onnx: Conv (node \"n0\") has group 2; DigitML runs group 1.", Refusal(Image().Add("Conv", [Numbers(2, 1, 3, 3)], [("group", 2)])));
        Assert.Equal("model.onnx: Conv (node \"n0\") is dilated; DigitML runs dilations of 1.", Refusal(Image().Add("Conv", [Numbers(2, 1, 3, 3)], [("dilations", new[] { 2, 1 })])));
        Assert.Equal("model.onnx: Conv (node \"n0\") has a weight of [2, 3, 3, 3] but gets an image of 8x8x1.", Refusal(Image().Add("Conv", [Numbers(2, 3, 3, 3)])));
        Assert.Equal("model.onnx: Conv (node \"n0\") has a weight of [2, 1, 3]; DigitML runs 2-D convolutions, [filters, channels, rows, columns].", Refusal(Image().Add("Conv", [Numbers(2, 1, 3)])));
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
        Assert.Equal("model.onnx: Gemm (node \"n1\") has transA 1; DigitML runs transA 0.", Refusal(Image().Add("Flatten").Add("Gemm", [Numbers(64, 2)], [("transA", 1)])));
        Assert.Equal("model.onnx: MatMul (node \"n1\") multiplies a constant by a value; DigitML runs only a value times a constant.",
            Refusal(Image().Add("Flatten").Add("MatMul", [Numbers(64, 2)]).Swapped()));
        Assert.Equal("model.onnx: BatchNormalization (node \"n0\") does not have one value per channel; it gets an image of 8x8x1.",
            Refusal(Image().Add("BatchNormalization", [Numbers(2), Numbers(2), Numbers(2), Numbers(2)])));
        Assert.Equal("model.onnx: Reshape (node \"n0\") gives an image of 8x8x1 the sizes [-1, 2, 32]; DigitML runs a Reshape that flattens.",
            Refusal(Image().Add("Reshape", [new long[] { -1, 2, 32 }])));
        Assert.Equal("model.onnx: Flatten (node \"n0\") has axis 2; DigitML runs axis 1.", Refusal(Image().Add("Flatten", null, [("axis", 2)])));
        Assert.Equal("model.onnx: Softmax (node \"n0\") has axis -1; DigitML runs it over the classes, axis 1.", Refusal(Image().Add("Softmax")));
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
    public void A_small_file_that_asks_for_much_memory()
    {
        Assert.Equal("model.onnx: Conv (node \"n0\") cannot be run: Its result is 8198x8198x1 per sample; DigitML supports up to 4194304 values.",
            Refusal(Image().Add("Conv", [Numbers(1, 1, 3, 3)], [("pads", new[] { 4096, 4096, 4096, 4096 })])));
        OnnxTestGraph large = new OnnxTestGraph([0, 1, 2000, 2000]);
        for (int i = 0; i < 9; i++) large.Add("Relu");
        Assert.Equal("model.onnx: Its layers hold more than 33554432 values per sample, the most that DigitML supports.", Refusal(large.Add("GlobalAveragePool")));
    }

    [Fact]
    public void Versions_and_metadata_that_make_no_sense()
    {
        Assert.Equal("model.onnx: it uses version 6 of ONNX's operators; DigitML reads version 7 and later.", Refusal(new OnnxTestGraph([0, 1, 8, 8], operatorSet: 6).Add("Flatten")));
        OnnxTestGraph none = Image().Add("Flatten");
        none.File.OpsetImport.Clear();
        Assert.Equal("model.onnx: it does not say which version of ONNX's operators it uses (opset_import).", Refusal(none));
        Assert.Equal("model.onnx: its metadata \"digitml.labels\" names 2 classes but the network has 10.", Changed("digitml.labels", "[\"a\", \"b\"]"));
        Assert.Equal("model.onnx: its metadata \"digitml.labels\" is not a JSON list of strings.", Changed("digitml.labels", "[1"));
        Assert.Equal("model.onnx: its metadata \"digitml.seed\" is \"-1\"; a seed is a whole number of 0 or more.", Changed("digitml.seed", "-1"));
        Assert.Equal("model.onnx: its metadata \"digitml.network\" is not a network: a network has a name, an inputShape of [height, width, channels] and layers.", Changed("digitml.network", "{}"));
        Assert.Equal("model.onnx: the tensor \"dense.weight\" of its trained network is missing.",
            Changed("digitml.network", """{ "name": "n", "inputShape": [28, 28, 1], "layers": [{ "type": "Flatten" }, { "type": "Dense", "units": 1000000 }] }"""));
    }

    private static OnnxTestGraph Image() => new([0, 1, 8, 8]);

    private static TensorProto Tensor(long[] dims, int count) => new() { DataType = 1, Dims = { dims }, RawData = ByteString.CopyFrom(new byte[4 * count]) };

    private static string Refusal(OnnxTestGraph graph) => Message(() => graph.Load());

    private static string Refusal(byte[] bytes) => Message(() => DigitModel.Load(new MemoryStream(bytes), "model.onnx"));

    private static string Changed(string key, string value)
    {
        ModelProto file = File(TestModels.Model(TestModels.Compact, metadata: new ModelMetadata { Seed = 1 }));
        file.MetadataProps.Single(entry => entry.Key == key).Value = value;
        return Message(() => OnnxTestGraph.Load(file));
    }
}
