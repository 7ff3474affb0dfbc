using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Model;

namespace DigitML.Benchmarks;

/// <summary>
/// Models with random weights as files that DigitML's peers load, images on which the peers must agree with DigitML, and DigitML's scores of them. The files are in a folder
/// that is deleted when the measurement is done.
/// </summary>
internal sealed class PeerModels : IDisposable
{
    private const int Side = 28, Classes = 10, ImageCount = 16;

    private readonly string folder = Directory.CreateTempSubdirectory("digitml-models-").FullName;

    /// <summary>Path of an ONNX file with a model that does next to nothing.</summary>
    internal string EmptyOnnx => File("empty.onnx", path => ModelOf(new Network("empty", Shape.Image(Side, Side, 1), [new GlobalAveragePool2D(), new Dense(Classes)])).Save(path));

    /// <summary>Path of a file of images, one byte per pixel: the first test digits.</summary>
    internal string Images => File("check.images", path => System.IO.File.WriteAllBytes(path, CheckImages()));

    /// <summary>The first of the images.</summary>
    internal int[] FirstImage => [.. System.IO.File.ReadAllBytes(Images).Take(Side * Side).Select(pixel => (int)pixel)];

    /// <summary>Path of a Lua file with which wrk asks for the prediction of the first image.</summary>
    internal string WrkScript => File("post.lua", path => System.IO.File.WriteAllText(
        path, $"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = '{JsonSerializer.Serialize(new { pixels = FirstImage })}'\n"));

    /// <summary>A recipe's network for images of 28x28 in 10 classes.</summary>
    internal static Network NetworkOf(string recipe) => RecipeCatalog.Get(recipe).BuildNetwork(Side, Side, Classes);

    /// <summary>Path of an ONNX file with the network of a recipe, as DigitML writes it.</summary>
    internal string Onnx(string recipe) => File(recipe + ".onnx", path => ModelOf(NetworkOf(recipe)).Save(path));

    /// <summary>Path of a file with the same weights as float32 values in the order of the layers, each tensor in the layout that PyTorch has too.</summary>
    internal string Weights(string recipe) => File(recipe + ".weights", path =>
    {
        using FileStream file = System.IO.File.Create(path);
        foreach (WeightTensor tensor in RandomWeights(NetworkOf(recipe)).Tensors) file.Write(MemoryMarshal.AsBytes<float>(tensor.Values));
    });

    /// <summary>DigitML's log-probabilities of the images, image by image.</summary>
    internal float[] LogScores(string recipe)
    {
        using DigitClassifier classifier = DigitClassifier.Load(Onnx(recipe));
        var scores = new float[ImageCount * Classes];
        classifier.PredictBatch(System.IO.File.ReadAllBytes(Images), ImageCount, scores);
        return [.. scores.Select(score => MathF.Log(score))];
    }

    /// <summary>Deletes the files.</summary>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static byte[] CheckImages()
    {
        DigitDataset digits = DigitFiles.Read(Path.Combine(ResultFiles.Project, "..", "data", "mnist-test.csv.gz"));
        return [.. Enumerable.Range(0, ImageCount).SelectMany(row => digits.Image(row).ToArray())];
    }

    private static DigitModel ModelOf(Network network)
    {
        var labels = new LabelMap(Enumerable.Range(0, Classes).Select(digit => digit.ToString(CultureInfo.InvariantCulture)));
        return new DigitModel(RandomWeights(network), labels, PixelNormalization.Unit);
    }

    // Biases and batch norm's tensors vary too, so that a peer that mixed them up would not agree.
    private static NetworkWeights RandomWeights(Network network)
    {
        var weights = new NetworkWeights(network);
        weights.Initialize(WeightInitializer.HeNormal, seed: 1);
        var random = new Random(1);
        foreach (WeightTensor tensor in weights.Tensors.Where(tensor => tensor.Spec.Role != ParameterRole.Weight))
        {
            foreach (ref float value in tensor.Values.AsSpan()) value += (random.NextSingle() - 0.5f) / 2;
        }

        return weights;
    }

    private string File(string name, Action<string> write)
    {
        string path = Path.Combine(folder, name);
        if (!System.IO.File.Exists(path)) write(path);
        return path;
    }
}
