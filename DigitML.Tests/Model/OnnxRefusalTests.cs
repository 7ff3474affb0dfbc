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
    private const string Runs = "it runs Conv, Gemm, MatMul, Relu, MaxPool, AveragePool, GlobalAveragePool, Resize, BatchNormalization, Flatten, Reshape, Softmax, Dropout, "
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
        Assert.Equal("model.onnx: tensor \"c0\" of [1000000000, 1000000000, 1000000000, 4] needs 9,223,372,036,854,775,807 values but the file holds 9.",
            Refusal(Image().Add("Conv", [declared])));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000_000);
        Assert.Equal("model.onnx: tensor \"c0\" of [2, 1, 3, 3] needs 18 values but the file holds 9.", Refusal(Image().Add("Conv", [Tensor([2, 1, 3, 3], 9)])));
        Assert.Equal("model.onnx: tensor \"c0\" of [1] needs 1 value but the file holds 3 bytes.",
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
        Assert.Equal("model.onnx: tensor \"c0\" holds FLOAT values; DigitML reads FLOAT, and INT64 for shapes.", Refusal(Image().Add("Reshape", [Numbers(2)])));
        Assert.Equal("model.onnx: Mul (node \"n0\") uses a constant of [0] on an image of 8x8x1; DigitML runs one number, or one per channel.",
            Refusal(Image().Add("Mul", [Tensor([0], 0)])));
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
        OnnxTestGraph label = Image().Add("Flatten");
        label.Graph.Node.Add(new NodeProto { OpType = "ArgMax", Input = { "v0" }, Output = { "label" } });
        label.Graph.Node.Add(new NodeProto { OpType = "Relu", Name = "after", Input = { "label" }, Output = { "z" } });
        Assert.Equal("model.onnx: Relu (node \"after\") computes with the chosen label; DigitML reads only networks that end with it.", Refusal(label));
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
        OnnxTestGraph again = Image();
        again.Graph.Node.Add(new NodeProto { OpType = "Identity", Input = { again.Constant(2f) }, Output = { "c0" } });
        Assert.Equal("model.onnx: the tensor \"c0\" appears twice.", Refusal(again.Add("Relu")));
        Assert.Equal("model.onnx: Gemm (node \"n1\") uses \"v0\", which is not a constant in this file.", Refusal(Image().Add("Flatten").Add("Gemm", [Numbers(64, 2)]).Swapped()));
    }

    [Fact]
    public void A_constant_that_has_no_value_or_does_not_fit_its_sizes()
    {
        OnnxTestGraph empty = Image();
        empty.Graph.Node.Add(new NodeProto { OpType = "Constant", Output = { "k" } });
        Assert.Equal("model.onnx: Constant (node \"k\") has no value that DigitML can read.", Refusal(empty.Add("Mul", ["k"])));
        string Reshaped(params long[] sizes)
        {
            OnnxTestGraph graph = Image();
            graph.Graph.Node.Add(new NodeProto { OpType = "Reshape", Name = "r", Input = { graph.Constant(Numbers(2, 2)), graph.Constant(sizes) }, Output = { "k" } });
            return Refusal(graph.Add("Mul", ["k"]));
        }

        Assert.Equal("model.onnx: Reshape (node \"r\") reshapes 4 values to [3, 1].", Reshaped(3, 1));
        Assert.Equal("model.onnx: Reshape (node \"r\") reshapes 4 values to [3, -1].", Reshaped(3, -1));
        Assert.Equal("model.onnx: Reshape (node \"r\") reshapes 4 values to [-2, -2].", Reshaped(-2, -2));
        Assert.Equal("model.onnx: Reshape (node \"r\") reshapes 4 values to [2, 2, 0].", Reshaped(2, 2, 0));
        Assert.Equal("model.onnx: Reshape (node \"r\") reshapes 4 values to [2, 2, 0, -1].", Reshaped(2, 2, 0, -1));
    }

    [Fact]
    public void An_attribute_of_another_type()
    {
        Assert.Equal("model.onnx: Conv (node \"n0\") has an attribute group that is not a whole number.", Refusal(Image().Add("Conv", [Numbers(2, 1, 3, 3)], [("group", "1")])));
        Assert.Equal("model.onnx: Gemm (node \"n1\") has an attribute alpha that is not a number.",
            Refusal(Image().Add("Flatten").Add("Gemm", [Numbers(64, 2)], [("alpha", 1)])));
        Assert.Equal("model.onnx: Gemm (node \"n1\") has an attribute beta that is not a number.",
            Refusal(Image().Add("Flatten").Add("Gemm", [Numbers(64, 2)], [("beta", float.PositiveInfinity)])));
    }

    [Fact]
    public void An_input_that_is_no_grey_image()
    {
        Assert.Equal("model.onnx: its input \"x\" is [batch, 3, 8, 8]; DigitML reads only networks for grey images, [N, 1, height, width].", Refusal(new OnnxTestGraph([0, 3, 8, 8]).Add("Flatten")));
        Assert.Equal("model.onnx: its input \"x\" is [batch, 1, batch, 8]; DigitML reads only networks for grey images, [N, 1, height, width].", Refusal(new OnnxTestGraph([0, 1, 0, 8]).Add("Flatten")));
        Assert.Equal("model.onnx: its input \"x\" is [1, 1, 100000, 100000]; DigitML reads only networks for grey images, [N, 1, height, width].", Refusal(new OnnxTestGraph([1, 1, 100_000, 100_000]).Add("Flatten")));
        Assert.Equal("model.onnx: its input \"x\" is [batch, batch]; DigitML reads only networks for grey images, [N, 1, height, width].", Refusal(new OnnxTestGraph([0, 0]).Add("Flatten")));
        OnnxTestGraph shapeless = Image().Add("Flatten"), typeless = Image().Add("Flatten");
        shapeless.Graph.Input[0].Type.TensorType.Shape = null;
        typeless.Graph.Input[0].Type = null;
        Assert.Equal("model.onnx: its input \"x\" is []; DigitML reads only networks for grey images, [N, 1, height, width].", Refusal(shapeless));
        Assert.Equal("model.onnx: its input \"x\" holds UNDEFINED values; DigitML feeds FLOAT.", Refusal(typeless));
        Assert.Equal("model.onnx: its input \"x\" holds UINT8 values; DigitML feeds FLOAT.", Refusal(new OnnxTestGraph([0, 1, 8, 8], inputType: TensorProto.Types.DataType.Uint8).Add("Flatten")));
        Assert.Equal("model.onnx: Cast (node \"n0\") has to 11; DigitML runs to 1.", Refusal(Image().Add("Cast", null, [("to", 11)])));
        Assert.Equal("model.onnx: its input \"x\" holds DOUBLE values; DigitML feeds FLOAT.", Refusal(new OnnxTestGraph([0, 1, 8, 8], inputType: TensorProto.Types.DataType.Double).Add("Flatten")));
    }

    [Fact]
    public void Versions_and_metadata_that_make_no_sense()
    {
        Assert.Equal("model.onnx: it uses version 6 of ONNX's operators; DigitML reads version 7 and later.", Refusal(new OnnxTestGraph([0, 1, 8, 8], operatorSet: 6).Add("Flatten")));
        OnnxTestGraph none = Image().Add("Flatten");
        none.File.OpsetImport.Clear();
        Assert.Equal("model.onnx: it does not say which version of ONNX's operators it uses (opset_import).", Refusal(none));
        Assert.Equal("model.onnx: its metadata \"digitml.labels\" names 2 labels but the network has 10 outputs.", Changed("digitml.labels", "[\"a\", \"b\"]"));
        Assert.Equal("model.onnx: its metadata \"digitml.labels\" is not a JSON list of strings.", Changed("digitml.labels", "[1"));
        Assert.Equal("model.onnx: its metadata \"digitml.labels\" is not a JSON list of strings.", Changed("digitml.labels", "[\"a\", 1]"));
        Assert.Equal("model.onnx: its metadata \"digitml.labels\" names 1 label but the network has 10 outputs.", Changed("digitml.labels", "[\"a\"]"));
        Assert.Equal("model.onnx: The label \"1\" appears twice; every class needs a name of its own.",
            Changed("digitml.labels", "[\"0\", \"1\", \"1\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\"]"));
        Assert.Equal("model.onnx: its metadata \"digitml.seed\" is \"-1\"; a seed is a whole number of 0 or more.", Changed("digitml.seed", "-1"));
        Assert.Equal("model.onnx: its metadata \"digitml.network\" is not a network: a network has a name, an inputShape of [height, width, channels] and layers.", Changed("digitml.network", "{}"));
        Assert.Equal("model.onnx: the tensor \"dense.weight\" of its trained network is missing.",
            Changed("digitml.network", """{ "name": "n", "inputShape": [28, 28, 1], "layers": [{ "type": "Flatten" }, { "type": "Dense", "units": 1000000 }] }"""));
        Assert.Equal("model.onnx: tensor \"conv2d.weight\" is [4, 1, 3, 3] but its trained network needs [4, 1, 2, 2].", Changed("digitml.network",
            """{ "name": "n", "inputShape": [28, 28, 1], "layers": [{ "type": "Conv2D", "filters": 4, "kernelSize": 2, "useBias": false }, { "type": "Flatten" }] }"""));
        Assert.Equal("model.onnx: its metadata \"digitml.network\" is not a network: The input is 3000x3000x1 per sample; DigitML supports up to 4,194,304 values.",
            Changed("digitml.network", """{ "name": "n", "inputShape": [3000, 3000, 1], "layers": [{ "type": "Flatten" }] }"""));
    }

    private static TensorProto Tensor(long[] dims, int count) => new() { DataType = 1, Dims = { dims }, RawData = ByteString.CopyFrom(new byte[4 * count]) };

    private static string Changed(string key, string value)
    {
        ModelProto file = File(TestModels.Model(TestModels.Compact, metadata: new ModelMetadata { Seed = 1 }));
        file.MetadataProps.Single(entry => entry.Key == key).Value = value;
        return Message(() => OnnxTestGraph.Load(file));
    }
}
