using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;

namespace DigitML.Data.Recipes;

/// <summary>What to train and how: a JSON file that people copy and change. Image size and classes come from the data.</summary>
/// <param name="Name">Names the network, its runs and its models.</param>
/// <param name="Layers">The network; outputs may be the word "classes" (<see cref="ClassCount"/>).</param>
/// <param name="Training">How it learns.</param>
/// <param name="Normalization">How the network sees pixels.</param>
/// <param name="Description">One line for lists.</param>
/// <param name="Networks">Networks to train, 1 or more. The model averages the scores of all.</param>
/// <param name="TestTimeShift">Pixels by which the model also moves each image up, down, left and right, averaging the five scores; 0 for none.</param>
internal sealed record Recipe(
    string Name,
    ImmutableArray<Layer> Layers,
    TrainingPlan Training,
    PixelScaling Normalization = PixelScaling.Unit,
    string Description = "",
    int Networks = 1,
    int TestTimeShift = 0)
{
    /// <summary>The network for images and classes of the given numbers.</summary>
    /// <exception cref="DigitMLException">The layers do not fit each other, the image or the classes.</exception>
    internal Network BuildNetwork(int height, int width, int classCount)
    {
        var network = new Network(Name, Shape.Image(height, width, 1), Layers.Select(layer => ClassCount.Resolve(layer, classCount)));
        return network.ClassCount == classCount ? network : throw new DigitMLException(
            $"Recipe \"{Name}\" gives {network.ClassCount} outputs but the data has {classCount} classes; write \"classes\" in its last layer.");
    }

    /// <summary>How the network sees the pixels of the given training rows.</summary>
    internal PixelNormalization NormalizationFor(DigitDataset training) => Normalization switch
    {
        PixelScaling.Standard => PixelNormalization.Standard(training),
        _ => PixelNormalization.Unit,
    };
}

/// <summary>How a network sees pixels of 0 .. 255.</summary>
internal enum PixelScaling
{
    /// <summary>As 0 .. 1.</summary>
    [JsonStringEnumMemberName("unit")]
    Unit,

    /// <summary>With the mean 0 and the standard deviation 1 over the training rows.</summary>
    [JsonStringEnumMemberName("standard")]
    Standard,
}
