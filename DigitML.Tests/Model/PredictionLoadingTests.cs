using DigitML.Engine.Networks;
using DigitML.Model;
using DigitML.Model.Files;
using DigitML.Model.Onnx;
using DigitML.Tests.Parity;
using static DigitML.Tests.Model.DigitModelFileTests;

namespace DigitML.Tests.Model;

/// <summary>A classifier reads only the graph of a file; it must be the network that training left.</summary>
public class PredictionLoadingTests
{
    public static TheoryData<string> Networks => ["everything", "compact", "random 100", "random 200", "random 300", "random 400", "random 500", "random 600"];

    [Theory]
    [InlineData("everything")]
    [InlineData("compact")]
    public void The_graph_of_a_file_holds_the_bytes_that_its_training_part_folds_to(string name)
    {
        byte[] file = TestModels.Bytes(TestModels.Model(Find(name)));
        NetworkWeights full = InferenceForm.Of(OnnxModelFile.Read("m", file).Members[0].Weights).Weights;
        NetworkWeights graph = InferenceForm.Of(OnnxModelFile.ReadForPrediction("m", file).Members[0].Weights).Weights;
        Assert.Equal(KindsOf(full), KindsOf(graph));
        for (int i = 0; i < full.Network.Layers.Length; i++)
        {
            // In a graph a batch norm has all four parameters, even where the layer has no factor or offset.
            foreach (WeightTensor tensor in full.OfLayer(i))
            {
                Assert.Equal(tensor.Values, graph.OfLayer(i).Single(other => other.Spec.Name == tensor.Spec.Name).Values);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_classifier_of_a_file_gives_the_scores_of_one_of_the_whole_model(string name)
    {
        byte[] file = TestModels.Bytes(TestModels.Model(Find(name)));
        using var quick = DigitClassifier.Load(new MemoryStream(file));
        using var whole = new DigitClassifier(DigitModel.Load(new MemoryStream(file)));
        byte[] pixels = TestModels.Pixels(whole.Model.Network, 9);
        float[] scores = new float[9 * whole.ClassCount], expected = new float[9 * whole.ClassCount];
        quick.PredictBatch(pixels, 9, scores);
        whole.PredictBatch(pixels, 9, expected);
        Assert.Equal(expected, scores);
        Assert.Equal(whole.Labels.Labels.AsEnumerable(), quick.Labels.Labels.AsEnumerable());
        Assert.Equal(whole.Model.Normalization, quick.Model.Normalization);
        Assert.Equal(whole.Model.Metadata.Seed, quick.Model.Metadata.Seed);
    }

    [Fact]
    public void A_classifier_does_not_look_at_the_training_part_but_a_model_does()
    {
        ModelProto file = File(TestModels.Model(TestModels.Everything));
        TensorProto folded = file.TrainingInfo[0].Initialization.Initializer[0];
        folded.RawData = Google.Protobuf.ByteString.CopyFrom(1, 2, 3);
        byte[] bytes = Google.Protobuf.MessageExtensions.ToByteArray(file);
        Assert.StartsWith($"model: tensor \"{folded.Name}\" ", Message(() => DigitModel.Load(new MemoryStream(bytes))));
        using var classifier = DigitClassifier.Load(new MemoryStream(bytes));
        Assert.Equal(4, classifier.ClassCount);
    }

    [Theory]
    [InlineData("""["a", "b", "c", 4]""")]
    [InlineData("""["a", "b", "c", null]""")]
    [InlineData("""["a", "b", "c", "d"] 1""")]
    [InlineData("""["a", "b", "c", "d",]""")]
    [InlineData("""["a", "b", "c", "\ud800"]""")]
    [InlineData("""["a", "b", "c", "d" """)]
    [InlineData("""{ "a": "b" }""")]
    [InlineData("null")]
    [InlineData("")]
    public void Labels_that_are_no_list_of_texts_are_refused(string labels)
    {
        ModelProto file = File(TestModels.Model(TestModels.Everything));
        file.MetadataProps.Single(entry => entry.Key == "digitml.labels").Value = labels;
        byte[] bytes = Google.Protobuf.MessageExtensions.ToByteArray(file);
        const string Refusal = "model: its metadata \"digitml.labels\" is not a JSON list of strings.";
        Assert.Equal(Refusal, Message(() => DigitModel.Load(new MemoryStream(bytes))));
        Assert.Equal(Refusal, Message(() => DigitClassifier.Load(new MemoryStream(bytes))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData((1 << 16) - 1)]
    [InlineData(1 << 16)]
    [InlineData((1 << 16) + 1)]
    [InlineData(300_000)]
    public void Files_and_streams_of_any_length_are_read_whole_and_up_to_the_limit(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        string path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, bytes);
            Assert.Equal(bytes, InputFile.Read(path, length));
            Assert.Equal(bytes, InputFile.Read(new MemoryStream(bytes), "s", length));
            string expected = $" is larger than {(length - 1) >> 20} MB; DigitML does not read files of that size here.";
            Assert.Equal(path + expected, Message(() => InputFile.Read(path, length - 1)));
            Assert.Equal("s" + expected, Message(() => InputFile.Read(new MemoryStream(bytes), "s", length - 1)));
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Fact]
    public void Given_values_are_taken_as_they_are_and_must_fit()
    {
        var network = new Network("n", Shape.Image(2, 2, 1), [new Flatten(), new Dense(2)]);
        float[] weight = new float[8], bias = new float[2];
        var weights = new NetworkWeights(network, [weight, bias]);
        Assert.Same(weight, weights.OfLayer(1)[0].Values);
        Assert.Same(bias, weights.Tensors[1].Values);
        Assert.StartsWith("There is no array of 2 values for parameter 2, bias.", Assert.Throws<ArgumentException>(() => new NetworkWeights(network, [weight])).Message);
        Assert.StartsWith("There is no array of 8 values for parameter 1, weight.", Assert.Throws<ArgumentException>(() => new NetworkWeights(network, [bias, bias])).Message);
        Assert.StartsWith("There are 3 arrays for 2 parameters.", Assert.Throws<ArgumentException>(() => new NetworkWeights(network, [weight, bias, bias])).Message);
    }

    [Fact]
    public void The_warm_up_predicts() => PredictionWarmUp.Run();

    // A graph always ends in a softmax; a network's output goes through one either way.
    private static IEnumerable<string> KindsOf(NetworkWeights weights) =>
        weights.Network.Layers.Where(place => place.Layer is not Softmax).Select(place => place.Layer.Kind);

    private static Network Find(string name) => name switch
    {
        "everything" => TestModels.Everything,
        "compact" => TestModels.Compact,
        _ => RandomNetwork(ulong.Parse(name.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)),
    };

    // The first one of grey images from a seed on.
    private static Network RandomNetwork(ulong seed)
    {
        ParityCase made = RandomNetworks.Make(seed);
        return made.Input.Channels == 1 ? new Network("random", made.Input, made.Layers) : RandomNetwork(seed + 1);
    }
}
