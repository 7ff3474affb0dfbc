using DigitML.Data;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.EndToEnd;

/// <summary>A few hundred real digits and a network that learns them in a moment, in a folder of their own.</summary>
public sealed class SmallData : IDisposable
{
    private const string TinyRecipe = """
        {
          "name": "tiny",
          "normalization": "standard",
          "layers": [
            { "type": "AveragePool2D", "poolSize": 2 },
            { "type": "Conv2D", "filters": 4, "kernelSize": 3, "stride": 2, "useBias": false },
            { "type": "BatchNorm" },
            { "type": "ReLU" },
            { "type": "Flatten" },
            { "type": "Dropout", "rate": 0.1 },
            { "type": "Dense", "units": "classes" }
          ],
          "training": {
            "epochs": 4,
            "batchSize": 16,
            "optimizer": { "type": "Adam" },
            "learningRate": { "type": "Cosine", "rate": 0.02 },
            "augmentation": { "shiftPixels": 1 },
            "averagingDecay": 0.9
          }
        }
        """;

    public SmallData()
    {
        Folder = Directory.CreateTempSubdirectory("digitml-").FullName;
        DigitDataset digits = DigitFiles.Read(RepositoryFolder.PathOf("data/mnist-test.csv.gz"));
        CsvDigitWriter.Write(Train, digits.Subset("train", [.. Enumerable.Range(0, 400)]));
        CsvDigitWriter.Write(Test, digits.Subset("test", [.. Enumerable.Range(400, 100)]));
        File.WriteAllText(Recipe, TinyRecipe);
    }

    public string Folder { get; }

    public string Train => In("train.csv");

    public string Test => In("test.csv");

    public string Recipe => In("tiny.json");

    /// <summary>A path in the folder.</summary>
    public string In(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
