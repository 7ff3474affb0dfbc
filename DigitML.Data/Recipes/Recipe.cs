using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;

namespace DigitML.Data.Recipes;

/// <summary>A network and how to train it: a JSON file that people copy and edit. Image size and classes come from the data.</summary>
/// <param name="Name">The name of the network, its runs and its models.</param>
/// <param name="Layers">The layers of the network. In JSON the outputs of the last one may be the word "classes".</param>
/// <param name="Training">How the network is trained.</param>
/// <param name="Normalization">How the network sees pixels.</param>
/// <param name="Description">One line, for lists of recipes.</param>
/// <param name="Networks">Networks to train, 1 or more. The model averages the scores of all.</param>
/// <param name="OtherLayers">Further architectures: where there are several networks, the first has <paramref name="Layers"/>, the second the first of these, and so
/// on in turn. Different networks make different mistakes, so their average makes fewer.</param>
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
    /// <summary>The recipe as JSON, as <see cref="RecipeCatalog.Read"/> reads it.</summary>
    /// <exception cref="DigitMLException">The learning-rate schedule is not one of DigitML's.</exception>
    public string ToJson() => StrictJson.Write(this);

    /// <summary>The recipe of each network alone.</summary>
    [JsonIgnore]
    public IEnumerable<Recipe> Members => Enumerable.Range(0, Networks).Select(Member);

    /// <summary>The recipe of one network alone, with a seed of its own: ensembles of the seeds 1, 2, 3 share no network.</summary>
    /// <param name="index">Which of <see cref="Networks"/>, from 0.</param>
    public Recipe Member(int index)
    {
        ImmutableArray<Layer>[] kinds = [Layers, .. OtherLayers ?? []];
        ulong seed = unchecked(Training.Seed * (ulong)Networks + (ulong)index);
        return this with { Layers = kinds[index % kinds.Length], Training = Training with { Seed = seed }, Networks = 1, OtherLayers = null, TestTimeShift = 0 };
    }

    /// <summary>Builds the network, without weights, for images of a size and a number of classes.</summary>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <param name="classCount">Classes.</param>
    /// <exception cref="DigitMLException">The layers do not fit each other, the image or the classes.</exception>
    public Network BuildNetwork(int height, int width, int classCount)
    {
        var network = new Network(Name, Shape.Image(height, width, 1), Layers.Select(layer => ClassCount.Resolve(layer, classCount)));
        return network.ClassCount == classCount ? network : throw new DigitMLException(
            $"Recipe \"{Name}\" gives {network.ClassCount} outputs but the data has {classCount} classes; write \"classes\" in its last layer.");
    }

    /// <summary>The normalization of pixels, computed on the training rows where it depends on them.</summary>
    /// <param name="training">The training rows.</param>
    public PixelNormalization NormalizationFor(DigitDataset training) => Normalization switch
    {
        PixelScaling.Standard => PixelNormalization.Standard(training),
        _ => PixelNormalization.Unit,
    };
}

/// <summary>How pixels of 0 to 255 are scaled for a network.</summary>
public enum PixelScaling
{
    /// <summary>To 0 to 1.</summary>
    [JsonStringEnumMemberName("unit")]
    Unit,

    /// <summary>To mean 0 and standard deviation 1 over the training rows.</summary>
    [JsonStringEnumMemberName("standard")]
    Standard,
}
