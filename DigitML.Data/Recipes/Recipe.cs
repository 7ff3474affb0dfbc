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
/// <param name="OtherLayers">Further kinds of layers: where there are several networks, the first has <paramref name="Layers"/>, the second the first of these, and so
/// on in turn. Networks that differ make other mistakes, so that their mean makes fewer.</param>
/// <param name="TestTimeShift">Pixels by which the model also moves each image up, down, left and right, averaging the five scores; 0 for none.</param>
public sealed record Recipe(
    string Name,
    ImmutableArray<Layer> Layers,
    TrainingPlan Training,
    PixelScaling Normalization = PixelScaling.Unit,
    string Description = "",
    int Networks = 1,
    ImmutableArray<Layer>[]? OtherLayers = null,
    int TestTimeShift = 0)
{
    /// <summary>The recipe of each network alone.</summary>
    public IEnumerable<Recipe> Members => Enumerable.Range(0, Networks).Select(Member);

    /// <summary>The recipe of one network alone. Its seed is its own: recipes of the seeds 1, 2, 3 share no network.</summary>
    /// <param name="index">Which of <see cref="Networks"/>, from 0.</param>
    public Recipe Member(int index)
    {
        ImmutableArray<Layer>[] kinds = [Layers, .. OtherLayers ?? []];
        ulong seed = unchecked(Training.Seed * (ulong)Networks + (ulong)index);
        return this with { Layers = kinds[index % kinds.Length], Training = Training with { Seed = seed }, Networks = 1, OtherLayers = null, TestTimeShift = 0 };
    }

    /// <summary>The network for images and classes of the given numbers.</summary>
    /// <exception cref="DigitMLException">The layers do not fit each other, the image or the classes.</exception>
    public Network BuildNetwork(int height, int width, int classCount)
    {
        var network = new Network(Name, Shape.Image(height, width, 1), Layers.Select(layer => ClassCount.Resolve(layer, classCount)));
        return network.ClassCount == classCount ? network : throw new DigitMLException(
            $"Recipe \"{Name}\" gives {network.ClassCount} outputs but the data has {classCount} classes; write \"classes\" in its last layer.");
    }

    /// <summary>How the network sees the pixels of the given training rows.</summary>
    public PixelNormalization NormalizationFor(DigitDataset training) => Normalization switch
    {
        PixelScaling.Standard => PixelNormalization.Standard(training),
        _ => PixelNormalization.Unit,
    };
}

/// <summary>How a network sees pixels of 0 .. 255.</summary>
public enum PixelScaling
{
    /// <summary>As 0 .. 1.</summary>
    [JsonStringEnumMemberName("unit")]
    Unit,

    /// <summary>With the mean 0 and the standard deviation 1 over the training rows.</summary>
    [JsonStringEnumMemberName("standard")]
    Standard,
}
