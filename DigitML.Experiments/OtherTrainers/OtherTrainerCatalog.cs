using System.Collections.Immutable;
using DigitML.Engine;
using DigitML.MLNet;
using Microsoft.ML;
#if TENSORFLOW
using DigitML.MLNet.Vision;
#endif

namespace DigitML.Experiments.OtherTrainers;

/// <summary>The trainers beside DigitML's own: those of ML.NET, in a build that has it.</summary>
internal static class OtherTrainerCatalog
{
    /// <summary>The one with epochs: it takes settings, and an architecture.</summary>
    internal const string ImageClassification = "imageclassification";

    /// <summary>The names of all, whether this build has them or not.</summary>
    internal static ImmutableArray<string> Names { get; } = ["sdca", "lbfgs", "lightgbm", "fasttree", ImageClassification];

    /// <summary>The architectures of <see cref="ImageClassification"/>, the usual one first.</summary>
    internal static ImmutableArray<string> Architectures { get; } = ["resnet_v2_50", "resnet_v2_101", "inception_v3", "mobilenet_v2"];

    /// <summary>A trainer by its name.</summary>
    /// <exception cref="DigitMLException">This build does not have it.</exception>
    internal static OtherTrainer Get(string name) => Trainers().FirstOrDefault(trainer => trainer.Name == name) ?? throw new DigitMLException(
        $"The trainer \"{name}\" runs TensorFlow, which this build is without; where its packages can be restored: "
        + $"dotnet run -c Release --project DigitML.Training -p:TensorFlow=true -- train --trainer {name}");

    private static IEnumerable<OtherTrainer> Trainers() =>
    [
        .. DigitTrainers.All.Where(trainer => trainer.Name != "digitcnn").Select(trainer => new OtherTrainer(trainer.Name, trainer.Description, inputs => Model(Train(trainer, inputs)))),
#if TENSORFLOW
        new(ImageClassifier.Name, ImageClassifier.Description, inputs => Model(ImageClassifier.Train(
            inputs.Training, inputs.Validation, Options(inputs.Settings), inputs.Seed, inputs.Tell, inputs.EpochEnded))),
#endif
    ];

    private static PipelineScorer Train(DigitTrainer trainer, OtherTrainingInputs inputs)
    {
        var context = new MLContext(inputs.Seed);
        IDataView rows = context.Data.LoadDigits(inputs.Training);
        ITransformer model = context.Transforms.MapDigitLabels(inputs.Training.LabelMap).Append(trainer.Create(context, DigitData.LabelColumn, DigitData.PixelsColumn)).Fit(rows);
        return new PipelineScorer(context, model, rows.Schema);
    }

    private static OtherModel Model(PipelineScorer scorer) => new(
        rows =>
        {
            var scores = new float[rows.Count * scorer.Labels.Count];
            scorer.PredictBatch(rows.Pixels, rows.Count, scores);
            return scores;
        },
        folder =>
        {
            string path = Path.Combine(folder, "model.zip");
            scorer.Save(path);
            return path;
        });
#if TENSORFLOW

    private static ImageClassifierOptions Options(OtherSettings settings) => new()
    {
        Architecture = settings.Architecture ?? Backbone.DefaultName,
        Epochs = settings.Epochs,
        BatchSize = settings.BatchSize,
        LearningRate = settings.LearningRate,
    };
#endif
}
