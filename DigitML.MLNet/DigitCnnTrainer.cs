using System.Collections.Immutable;
using System.Globalization;
using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Cpu;
using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Model;
using DigitML.Model.Contents;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace DigitML.MLNet;

/// <summary>
/// Trains convolutional networks on a column of pixels and a column of label keys. Its transformer adds the columns Score (a vector of probabilities) and
/// PredictedLabel (a key with the same values as the label), as ML.NET's multiclass trainers do. Epochs are reported to the context's log.
/// </summary>
public sealed class DigitCnnTrainer : IEstimator<DigitCnnTransformer>
{
    private readonly DigitCnnOptions options;
    private readonly IHostEnvironment? environment;

    internal DigitCnnTrainer(DigitCnnOptions options, IHostEnvironment? environment)
    {
        this.options = options;
        this.environment = environment;
    }

    /// <summary>
    /// Trains on all rows that have a label. Recipe, rows and seed determine the weights, byte for byte: they equal those of <see cref="Trainer.Fit"/> on the same rows.
    /// </summary>
    /// <param name="input">The rows, read once; their pixels are kept as bytes.</param>
    /// <exception cref="DigitMLException">A column, the recipe or an option is not valid; the message is one line.</exception>
    /// <exception cref="TrainingCancelledException">Cancellation was requested before the last epoch ended.</exception>
    public DigitCnnTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Recipe recipe = TrainingChecks.RecipeOf(options);
        LabelledPixels rows = LabelledPixels.Read(input, options);
        if (options.BaseModel is null) TrainingChecks.CheckClasses(rows.Dataset, options.LabelColumnName);
        DigitDataset? validation = options.ValidationSet is null ? null
            : LabelledPixels.Read(options.ValidationSet, options with { TargetColumnName = null }, "The validation set's column").Dataset;
        if (validation is not null) TrainingChecks.CheckValidation(validation.LabelMap, rows.Dataset.LabelMap);
        using IDevice device = options.OpenDevice?.Invoke() ?? new CpuDevice();
        Recipe[] networks = [.. recipe.Members];
        var results = ImmutableArray.CreateBuilder<TrainingResult>(networks.Length);
        var models = new List<DigitModel>(networks.Length);
        for (int i = 0; i < networks.Length; i++)
        {
            string name = networks.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"network {i + 1}/{networks.Length}, ");
            (TrainingResult result, PixelNormalization normalization) = Train(networks[i], rows, validation, device, name);
            results.Add(result);
            if (result.StopReason == StopReason.Cancelled)
            {
                throw new TrainingCancelledException(results.ToImmutable(), networks.Length, networks[i].Training.Epochs, options.Cancellation);
            }

            var metadata = new ModelMetadata { RecipeJson = StrictJson.Write(networks.Length == 1 ? recipe : networks[i]), Seed = networks[i].Training.Seed };
            models.Add(new DigitModel(result.Weights, rows.Dataset.LabelMap, normalization, metadata));
        }

        ModelMetadata joined = models.Count == 1 ? models[0].Metadata : new ModelMetadata { MembersJson = MemberInfo.Write(models.SelectMany(model => MemberInfo.Of(model))) };
        var trained = new DigitModel(models.SelectMany(model => model.Members), rows.Dataset.LabelMap, recipe.TestTimeShift, joined);
        return new DigitCnnTransformer(trained, results.MoveToImmutable(), options.FeatureColumnName, rows.Classes, options.OpenDevice?.Invoke());
    }

    // A column shape cannot be created outside ML.NET: one of its own trainers provides the columns that any multiclass trainer adds, once the pixels are Single.
    SchemaShape IEstimator<DigitCnnTransformer>.GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        LabelledPixels.Check(inputSchema, options);
        var context = new MLContext();
        string label = options.LabelColumnName, pixels = options.FeatureColumnName;
        SchemaShape floats = context.Transforms.Conversion.ConvertType(pixels, outputKind: DataKind.Single).GetOutputSchema(inputSchema);
        SchemaShape added = context.MulticlassClassification.Trainers.SdcaMaximumEntropy(label, pixels).GetOutputSchema(floats);
        return new SchemaShape(inputSchema.Where(column => column.Name is not ("Score" or "PredictedLabel")).Concat(added.Where(column => column.Name is "Score" or "PredictedLabel")));
    }

    private (TrainingResult Result, PixelNormalization Normalization) Train(Recipe recipe, LabelledPixels rows, DigitDataset? validation, IDevice device, string name)
    {
        (DigitDataset training, DigitDataset? heldOut, TargetMatrix? targets) = Split(rows, validation, recipe.Training.Seed);
        Network network = recipe.BuildNetwork(training.Height, training.Width, training.LabelMap.Count);
        if (options.BaseModel is { } model) TrainingChecks.CheckBaseModel(model, recipe, network, training.LabelMap);
        PixelNormalization normalization = options.BaseModel?.Normalization ?? recipe.NormalizationFor(training);
        using IChannel? log = environment?.Start(nameof(DigitCnnCatalog.DigitCnn));
        TrainingResult result = new Trainer(device).Fit(network, training, recipe.Training, new FitOptions
        {
            Validation = heldOut,
            Normalization = normalization,
            Targets = targets,
            Observers = log is null ? options.Observers : [.. options.Observers, new EpochLog(log, name)],
            InitialWeights = options.BaseModel is null ? null : ClassGrowth.WeightsFor(network, options.BaseModel, recipe.Training),
            ResumeFrom = options.ResumeFrom,
            Cancellation = options.Cancellation,
        });
        return (result, normalization);
    }

    private (DigitDataset Training, DigitDataset? Validation, TargetMatrix? Targets) Split(LabelledPixels rows, DigitDataset? validation, ulong seed)
    {
        if (options.ValidationFraction == 0) return (rows.Dataset, validation, rows.Targets);
        (int[] training, int[] heldOut) = DatasetSplit.RowsByFraction(rows.Dataset, options.ValidationFraction, seed);
        return (
            rows.Dataset.Subset($"{rows.Dataset.Name} (training rows)", training),
            heldOut.Length == 0 ? null : rows.Dataset.Subset($"{rows.Dataset.Name} (validation rows)", heldOut),
            rows.Targets?.Subset(training));
    }
}
