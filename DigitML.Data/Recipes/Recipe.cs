using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;

namespace DigitML.Data.Recipes;

/// <summary>A network and how to train it: a JSON file that people copy and edit. The image size and the number of classes come from the data.</summary>
/// <param name="Name">The name of the network, and of its runs and models.</param>
/// <param name="Layers">The layers of the network. In JSON the number of outputs of the last one may be the word "classes".</param>
/// <param name="Training">How the network is trained.</param>
/// <param name="Normalization">How pixels are scaled for the network.</param>
/// <param name="Description">A one-line description, for lists of recipes.</param>
/// <param name="Networks">Number of networks to train, 1 or more. The model averages the scores of all of them.</param>
/// <param name="OtherLayers">Further architectures: with several networks, the first has <paramref name="Layers"/>, the second the first of these, and so
/// on, cyclically. Different networks make different mistakes, so their average makes fewer.</param>
/// <param name="TestTimeShift">Pixels by which the model also shifts each image up, down, left and right, averaging the five scores; 0 for none.</param>
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
    // The side of MNIST's images, for which the recipes of the catalogue are made.
    private const int ScaledSide = 28;

    /// <summary>Returns the recipe as JSON that <see cref="RecipeCatalog.Read"/> can read.</summary>
    /// <exception cref="DigitMLException">The learning-rate schedule is not one of DigitML's own.</exception>
    public string ToJson() => StrictJson.Write(this);

    /// <summary>The recipe of each single network.</summary>
    [JsonIgnore]
    public IEnumerable<Recipe> Members => Enumerable.Range(0, Networks).Select(Member);

    /// <summary>Returns the recipe of a single network, with its own seed: ensembles with the seeds 1, 2, 3 share no networks.</summary>
    /// <param name="index">Index of the network, from 0 to <see cref="Networks"/> − 1.</param>
    public Recipe Member(int index)
    {
        ImmutableArray<Layer>[] kinds = [Layers, .. OtherLayers ?? []];
        ulong seed = unchecked(Training.Seed * (ulong)Networks + (ulong)index);
        return this with { Layers = kinds[index % kinds.Length], Training = Training with { Seed = seed }, Networks = 1, OtherLayers = null, TestTimeShift = 0 };
    }

    /// <summary>
    /// Builds the network, without weights, for a given image size and number of classes. Where the layers do not fit images with sides below 28, the network scales the images to 28 first
    /// (<see cref="Resizing"/>).
    /// </summary>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <exception cref="DigitMLException">The layers do not fit together, or do not fit the image size or the number of classes.</exception>
    public Network BuildNetwork(int height, int width, int classCount)
    {
        try
        {
            return Build(Layers, height, width, classCount);
        }
        catch (DigitMLException misfit) when (Math.Min(height, width) is >= 1 and < ScaledSide)
        {
            return BuildScaled(height, width, classCount) ?? throw new DigitMLException(misfit.Message, misfit);
        }
    }

    private Network? BuildScaled(int height, int width, int classCount)
    {
        try
        {
            return Build([new Resizing(Math.Max(height, ScaledSide), Math.Max(width, ScaledSide)), .. Layers], height, width, classCount);
        }
        catch (DigitMLException)
        {
            return null;
        }
    }

    private Network Build(IEnumerable<Layer> layers, int height, int width, int classCount)
    {
        var network = new Network(Name, Shape.Image(height, width, 1), layers.Select(layer => ClassCount.Resolve(layer, classCount)));
        return network.ClassCount == classCount ? network : throw new DigitMLException(
            $"Recipe \"{Name}\" gives {network.ClassCount} outputs but the data has {classCount} classes; write \"classes\" in its last layer.");
    }

    /// <summary>Returns the normalization of pixels, computed from the training rows if it depends on them.</summary>
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
