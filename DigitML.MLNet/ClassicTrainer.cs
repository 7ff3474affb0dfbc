using System.Collections.Immutable;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace DigitML.MLNet;

/// <summary>One of ML.NET's own multiclass trainers on plain pixels, for comparison.</summary>
/// <param name="Name">What the console calls it.</param>
/// <param name="Description">One line for lists.</param>
/// <param name="Make">The estimator, for columns of these names: label keys, pixels of 0 to 1.</param>
public sealed record ClassicTrainer(string Name, string Description, Func<MLContext, string, string, IEstimator<ITransformer>> Make)
{
    private const string FeaturesColumn = "Features", KeyColumn = "Key";

    /// <summary>All of them, with ML.NET's own settings.</summary>
    public static ImmutableArray<ClassicTrainer> All { get; } =
    [
        new("sdca", "SdcaMaximumEntropy: a linear model, stochastic dual coordinate ascent",
            (context, label, features) => context.MulticlassClassification.Trainers.SdcaMaximumEntropy(label, features)),
        new("lbfgs", "LbfgsMaximumEntropy: a linear model, limited-memory BFGS",
            (context, label, features) => context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(label, features)),
        new("lightgbm", "LightGbm: gradient-boosted trees",
            (context, label, features) => context.MulticlassClassification.Trainers.LightGbm(label, features)),
        new("fasttree", "FastTree, one tree ensemble against the rest for each class",
            (context, label, features) => context.MulticlassClassification.Trainers.OneVersusAll(context.BinaryClassification.Trainers.FastTree(label, features), label)),
    ];

    /// <summary>Trains on labelled rows.</summary>
    /// <param name="training">The rows; their label map decides the order of the scores.</param>
    /// <param name="seed">The seed of ML.NET's context.</param>
    /// <returns>The trained pipeline.</returns>
    /// <exception cref="DigitMLException">A part of the trainer that is not .NET code is not installed.</exception>
    public TrainedPipeline Train(DigitDataset training, int seed)
    {
        var context = new MLContext(seed);
        IDataView rows = context.Data.LoadDigits(training);
        var pipeline = context.Transforms.NormalizeDigits(FeaturesColumn, DigitData.PixelsColumn)
            .Append(context.Transforms.Conversion.MapValueToKey(KeyColumn, DigitData.LabelColumn, keyData: context.LabelKeys(training.LabelMap)))
            .AppendCacheCheckpoint(context)
            .Append(Make(context, KeyColumn, FeaturesColumn))
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        try
        {
            return new TrainedPipeline(context, pipeline.Fit(rows), rows.Schema, context.Data.LoadDigits);
        }
        catch (Exception e) when (MissingLibrary(e) is { } missing)
        {
            throw new DigitMLException($"The trainer \"{Name}\" needs a library that is not here: {missing.Message.Split('\n')[0].Trim()}", e);
        }
    }

    // Trees grow on several threads, so that it may be there several times.
    private static DllNotFoundException? MissingLibrary(Exception failure) => failure switch
    {
        DllNotFoundException missing => missing,
        AggregateException several => several.InnerExceptions.Select(MissingLibrary).FirstOrDefault(missing => missing is not null),
        _ => failure.InnerException is { } inner ? MissingLibrary(inner) : null,
    };
}
