using System.Collections.Immutable;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Engine.Reference;
using DigitML.Model;
using DigitML.Model.Contents;
using DigitML.Model.Onnx;

namespace DigitML.Tests.Model;

public sealed class DigitModelFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("digitml-model-").FullName;

    public static TheoryData<string> Networks => ["everything", "compact"];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_saved_model_comes_back_with_the_network_and_the_weights_it_was_trained_with(string name)
    {
        DigitModel model = TestModels.Model(Find(name)), loaded = SaveAndLoad(model);
        Assert.Equal(model.Network.Name, loaded.Network.Name);
        Assert.Equal(model.Network.InputShape, loaded.Network.InputShape);
        Assert.Equal(TestModels.Layers(model.Network), TestModels.Layers(loaded.Network));
        Assert.Equal(model.Weights.Tensors.Select(tensor => tensor.Name), loaded.Weights.Tensors.Select(tensor => tensor.Name));
        for (int t = 0; t < model.Weights.Tensors.Length; t++) Assert.Equal(model.Weights.Tensors[t].Values, loaded.Weights.Tensors[t].Values);
        Assert.Equal(TestModels.Normalization, loaded.Normalization);
    }

    [Fact]
    public void Labels_and_metadata_come_back()
    {
        var weights = TestModels.Weights(TestModels.Everything, 3);
        var metadata = new ModelMetadata
        {
            RecipeJson = """{ "name": "everything" }""",
            Seed = ulong.MaxValue,
            MetricsJson = """{ "microAccuracy": 0.99 }""",
            Properties = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("note", "größer, \"7\"\n"), KeyValuePair.Create("author", "")]),
        };
        var model = new DigitModel(weights, new LabelMap(["zero", "eins", "二", "a \"b\""]), PixelNormalization.Unit, metadata);
        DigitModel loaded = SaveAndLoad(model);
        Assert.Equal(["zero", "eins", "二", "a \"b\""], loaded.Labels.Labels.AsEnumerable());
        Assert.Equal(PixelNormalization.Unit, loaded.Normalization);
        Assert.Equal(metadata.RecipeJson, loaded.Metadata.RecipeJson);
        Assert.Equal(ulong.MaxValue, loaded.Metadata.Seed);
        Assert.Equal(metadata.MetricsJson, loaded.Metadata.MetricsJson);
        Assert.Equal($"DigitML {ProgramVersion.Of(typeof(DigitModel))}", loaded.Metadata.WrittenBy);
        Assert.Equal(metadata.Properties, loaded.Metadata.Properties);
    }

    [Fact]
    public void The_hash_of_a_model_covers_weights_labels_and_trained_networks_but_no_metadata()
    {
        DigitModel Model(ulong seed = 1, ModelMetadata? metadata = null, string lastLabel = "3", float offset = 0, Network? network = null) => new(
            TestModels.Weights(network ?? TestModels.Everything, seed), new LabelMap(["0", "1", "2", lastLabel]), new PixelNormalization(0.0127f, offset), metadata);
        var metadata = new ModelMetadata
        {
            RecipeJson = "{}",
            Seed = 7,
            MetricsJson = "{}",
            MembersJson = "[]",
            Properties = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("note", "n")]),
        };
        string hash = Model().ComputeSha256();
        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, Model(metadata: metadata).ComputeSha256());
        Assert.Equal(hash, SaveAndLoad(Model(metadata: metadata)).ComputeSha256());
        Assert.NotEqual(hash, Model(lastLabel: "x").ComputeSha256());
        Assert.NotEqual(hash, Model(offset: 0.5f).ComputeSha256());
        Assert.NotEqual(hash, Model().WithTestTimeShift(1).ComputeSha256());

        // Dropout is in the trained network alone, not in the graph.
        Layer[] layers = [.. TestModels.Layers(TestModels.Everything).Select(layer => layer is Dropout ? new Dropout(0.125f) : layer)];
        Assert.NotEqual(hash, Model(network: new Network("everything", TestModels.Everything.InputShape, layers)).ComputeSha256());
        DigitModel changed = Model();
        foreach (WeightTensor tensor in changed.Weights.Tensors)
        {
            float before = tensor.Values[^1];
            tensor.Values[^1] = MathF.BitIncrement(before);
            Assert.NotEqual(hash, changed.ComputeSha256());
            tensor.Values[^1] = before;
        }

        Assert.Equal(hash, changed.ComputeSha256());
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes_and_so_does_one_that_was_loaded()
    {
        byte[] first = TestModels.Bytes(TestModels.Model(TestModels.Everything));
        Assert.Equal(first, TestModels.Bytes(TestModels.Model(TestModels.Everything)));
        Assert.Equal(first, TestModels.Bytes(DigitModel.Load(new MemoryStream(first))));
        Assert.NotEqual(first, TestModels.Bytes(TestModels.Model(TestModels.Everything, seed: 2)));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_folded_network_the_graph_in_the_file_and_the_trained_network_give_the_same_scores(string name)
    {
        DigitModel model = TestModels.Model(Find(name));
        byte[] pixels = TestModels.Pixels(model.Network, 20);
        float[] images = [.. pixels.Select(pixel => model.Normalization.Apply(pixel))];
        float[] trained = Predict(model.Weights, images), folded = Predict(InferenceForm.Of(model.Weights).Weights, images);
        float[] graph = TestModels.Scores(WithoutTrainingPart(model), pixels, 20);
        Assert.True(trained.Distinct().Count() > 20, "the scores hardly differ; the comparison shows nothing");
        AssertClose(trained, folded);
        AssertClose(trained, graph);
    }

    [Fact]
    public void Batch_norm_is_folded_behind_and_before_linear_layers_but_not_before_padding_and_dropout_goes()
    {
        Assert.Equal(
            ["Mul", "Add", "Conv", "Relu", "BatchNormalization", "Conv", "Relu", "BatchNormalization", "MaxPool", "AveragePool", "Relu", "Conv", "Flatten", "Gemm",
                "Relu", "Gemm", "Softmax", "ArgMax"],
            File(TestModels.Model(TestModels.Everything)).Graph.Node.Select(node => node.OpType));
        Assert.Equal(
            ["Mul", "Add", "Conv", "Relu", "Conv", "Relu", "BatchNormalization", "MaxPool", "Conv", "Relu", "Conv", "GlobalAveragePool", "Flatten", "Softmax", "ArgMax"],
            File(TestModels.Model(TestModels.Compact)).Graph.Node.Select(node => node.OpType));
    }

    [Fact]
    public void The_file_names_its_versions_inputs_and_outputs()
    {
        ModelProto file = File(TestModels.Model(TestModels.Everything));
        Assert.Equal(7, file.IrVersion);
        Assert.Equal(13, Assert.Single(file.OpsetImport).Version);
        Assert.Equal("everything", file.Graph.Name);
        ValueInfoProto input = Assert.Single(file.Graph.Input);
        Assert.Equal(("pixels", 1, "N 1 14 13"), Describe(input));
        Assert.Equal([("scores", 1, "N 4"), ("label", 7, "N")], file.Graph.Output.Select(Describe));
    }

    [Fact]
    public void A_graph_that_another_program_changed_is_read_as_it_is()
    {
        DigitModel model = TestModels.Model(TestModels.Everything);
        ModelProto file = File(model);
        TensorProto bias = file.Graph.Initializer.Single(tensor => tensor.Name == "dense_1.bias");
        file.Graph.Initializer[file.Graph.Initializer.IndexOf(bias)] = OnnxTensor.Float("dense_1.bias", [4], [9, 0, 0, 0]);
        DigitModel loaded = Load(file);
        Assert.DoesNotContain(loaded.Network.Layers, place => place.Layer is Dropout);
        Assert.Equal([9f, 0, 0, 0], loaded.Weights.Tensors[^1].Values);
    }

    [Fact]
    public void A_training_part_of_another_program_does_no_harm()
    {
        ModelProto file = File(TestModels.Model(TestModels.Everything));
        file.TrainingInfo.Add(new TrainingInfoProto());
        Assert.Contains(Load(file).Network.Layers, place => place.Layer is Dropout);
    }

    [Fact]
    public void A_model_needs_one_label_a_class_and_a_grey_image()
    {
        var weights = new NetworkWeights(TestModels.Everything);
        Assert.Equal("Network \"everything\" has 4 classes but there are 2 labels; a model needs one label per class.",
            Message(() => _ = new DigitModel(weights, new LabelMap(["a", "b"]), PixelNormalization.Unit)));
        var colour = new NetworkWeights(new Network("colour", Shape.Image(2, 2, 3), [new Flatten(), new Dense(2)]));
        Assert.Equal("Network \"colour\" takes an input of 2x2x3; a digit model takes a grey image (height x width x 1).",
            Message(() => _ = new DigitModel(colour, new LabelMap(["a", "b"]), PixelNormalization.Unit)));
    }

    [Fact]
    public void A_property_may_not_take_a_key_of_our_own()
    {
        var metadata = new ModelMetadata { Properties = new Dictionary<string, string> { ["digitml.seed"] = "1" }.ToImmutableSortedDictionary(StringComparer.Ordinal) };
        Assert.Equal("A property of the model has the key \"digitml.seed\"; keys that begin with \"digitml.\" are reserved for DigitML.",
            Message(() => TestModels.Bytes(TestModels.Model(TestModels.Compact, metadata: metadata))));
    }

    [Fact]
    public void A_path_that_cannot_be_read_gets_one_line()
    {
        string missing = Path.Combine(folder, "missing.onnx"), empty = Path.Combine(folder, "empty.onnx");
        System.IO.File.WriteAllBytes(empty, []);
        Assert.Equal($"{missing}: there is no such file; check the path.", Message(() => DigitModel.Load(missing)));
        Assert.Equal($"{folder} is a folder; name a file in it.", Message(() => DigitModel.Load(folder)));
        Assert.Equal($"{empty} is empty.", Message(() => DigitModel.Load(empty)));
        Assert.Equal($"{empty}/x.onnx cannot be written: {empty} is a file, not a folder; choose another folder.",
            Message(() => TestModels.Model(TestModels.Compact).Save($"{empty}/x.onnx")));
    }

    internal static ModelProto File(DigitModel model) => ModelProto.Parser.ParseFrom(TestModels.Bytes(model));

    internal static DigitModel Load(ModelProto file) => DigitModel.Load(new MemoryStream(Google.Protobuf.MessageExtensions.ToByteArray(file)), "model.onnx");

    internal static string Message(Action action) => Assert.Throws<DigitMLException>(action).Message;

    private static Network Find(string name) => name == "compact" ? TestModels.Compact : TestModels.Everything;

    private static DigitModel WithoutTrainingPart(DigitModel model)
    {
        ModelProto file = File(model);
        file.TrainingInfo.Clear();
        file.MetadataProps.Clear();
        return Load(file);
    }

    private static float[] Predict(NetworkWeights weights, float[] images)
    {
        int count = images.Length / weights.Network.InputShape.Size;
        var scores = new float[count * weights.Network.ClassCount];
        using var device = new ReferenceDevice();
        using var program = device.CompileInference(weights);
        program.Predict(images, count, scores);
        return scores;
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) < 2e-6, $"score {i} is {actual[i]}, expected {expected[i]}");
    }

    private static (string, int, string) Describe(ValueInfoProto value) => (value.Name, value.Type.TensorType.ElemType,
        string.Join(' ', value.Type.TensorType.Shape.Dim.Select(dim => dim.DimParam.Length > 0 ? dim.DimParam : $"{dim.DimValue}")));

    private DigitModel SaveAndLoad(DigitModel model)
    {
        string path = Path.Combine(folder, "model.onnx");
        model.Save(path);
        return DigitModel.Load(path);
    }
}
