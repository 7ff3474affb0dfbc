using System.Collections.Immutable;
using DigitML.Engine;
using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace DigitML.MLNet;

/// <summary>A named trainer: creates an estimator for label keys and pixels from 0 to 255.</summary>
/// <param name="Name">The name, as in <c>digitml train --trainer</c>.</param>
/// <param name="Description">A one-line description, for lists.</param>
/// <param name="Create">
/// Creates the estimator for a label column (keys: put MapDigitLabels before it) and a column of pixels (a vector of Byte or Single, 0 to 255). It adds the columns
/// Score and PredictedLabel (a key with the same values as the label); steps that its trainer needs, such as NormalizeDigits, are included.
/// </param>
public sealed record DigitTrainer(string Name, string Description, Func<MLContext, string, string, IEstimator<ITransformer>> Create);

/// <summary>The trainers for digits: DigitML's own and ML.NET's.</summary>
public static class DigitTrainers
{
    /// <summary>The name of DigitML's own trainer.</summary>
    public const string DigitCnnName = "digitcnn";

    private const string ImageClassification = "imageclassification", FeaturesColumn = "Features";

    /// <summary>All trainers of this package, DigitML's own first. DigitML.MLNet.Vision has one more, ImageClassifier.Trainer.</summary>
    public static ImmutableArray<DigitTrainer> All { get; } =
    [
        new(DigitCnnName, "DigitCnn: a convolutional network, trained according to a recipe",
            (context, label, pixels) => context.MulticlassClassification.Trainers.DigitCnn(new DigitCnnOptions { LabelColumnName = label, FeatureColumnName = pixels })),
        Classic("sdca", "SdcaMaximumEntropy: a linear model, stochastic dual coordinate ascent",
            (context, label, features) => context.MulticlassClassification.Trainers.SdcaMaximumEntropy(label, features)),
        Classic("lbfgs", "LbfgsMaximumEntropy: a linear model, limited-memory BFGS",
            (context, label, features) => context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(label, features)),
        Classic("lightgbm", "LightGbm: gradient-boosted trees",
            (context, label, features) => context.MulticlassClassification.Trainers.LightGbm(label, features)),
        Classic("fasttree", "FastTree: one-versus-all, a tree ensemble for each class",
            (context, label, features) => context.MulticlassClassification.Trainers.OneVersusAll(context.BinaryClassification.Trainers.FastTree(label, features), label)),
    ];

    /// <summary>Returns a trainer by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="DigitMLException">There is no trainer with that name.</exception>
    public static DigitTrainer Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(trainer => trainer.Name == name) ?? throw new DigitMLException(name == ImageClassification
            ? $"The trainer \"{name}\" runs TensorFlow, which this build is without; where its packages can be restored, build with -p:TensorFlow=true."
            : $"There is no trainer \"{name}\"; the trainers are {string.Join(", ", All.Select(trainer => trainer.Name))} and {ImageClassification}.");
    }

    // With ML.NET's own settings. Floats are cached between passes, not recomputed in each.
    private static DigitTrainer Classic(string name, string description, Func<MLContext, string, string, IEstimator<ITransformer>> create) => new(
        name, description, (context, label, pixels) => new NativeLibraryCheck(
            name, context.Transforms.NormalizeDigits(FeaturesColumn, pixels).AppendCacheCheckpoint(context).Append(create(context, label, FeaturesColumn))));
}
