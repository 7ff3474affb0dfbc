using System.Globalization;
using DigitML.Data.Recipes;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Model;

namespace DigitML.Benchmarks;

/// <summary>ONNX files with random weights, as DigitML writes them, in a folder that is deleted when the measurement is done.</summary>
internal sealed class PeerModels : IDisposable
{
    private const int Side = 28, Classes = 10;

    private readonly string folder = Directory.CreateTempSubdirectory("digitml-models-").FullName;

    /// <summary>Path of a model that does next to nothing.</summary>
    internal string Empty => Write(new Network("empty", Shape.Image(Side, Side, 1), [new GlobalAveragePool2D(), new Dense(Classes)]));

    /// <summary>A recipe's network for images of 28x28 in 10 classes.</summary>
    internal static Network NetworkOf(string recipe) => RecipeCatalog.Get(recipe).BuildNetwork(Side, Side, Classes);

    /// <summary>Path of a model with the network of a recipe.</summary>
    internal string Of(string recipe) => Write(NetworkOf(recipe));

    /// <summary>Deletes the files.</summary>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(Network network)
    {
        string path = Path.Combine(folder, network.Name + ".onnx");
        if (File.Exists(path)) return path;
        var weights = new NetworkWeights(network);
        weights.Initialize(WeightInitializer.HeNormal, seed: 1);
        var labels = new LabelMap(Enumerable.Range(0, Classes).Select(digit => digit.ToString(CultureInfo.InvariantCulture)));
        new DigitModel(weights, labels, PixelNormalization.Unit).Save(path);
        return path;
    }
}
