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
using Microsoft.ML.Trainers;

namespace DigitML.MLNet;

/// <summary>
/// Trains convolutional networks on a column of pixels and a column of label keys. Its transformer adds the columns Score (a vector of probabilities) and
/// PredictedLabel (a key of the same values as the label), as ML.NET's multiclass trainers do.
/// </summary>
public sealed class DigitCnnTrainer : IEstimator<DigitCnnTransformer>
{
    private readonly DigitCnnOptions options;

    internal DigitCnnTrainer(DigitCnnOptions options) => this.options = options;

    /// <summary>Trains on all rows that have a label.</summary>
    /// <exception cref="DigitMLException">A column or the recipe is not as it should be; the message is one line.</exception>
    /// <exception cref="OperationCanceledException">The options' cancellation was asked for.</exception>
    public DigitCnnTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Recipe recipe = new RecipeOverrides(options.Epochs, options.BatchSize, options.LearningRate, options.Seed).Apply(RecipeCatalog.Get(options.Recipe));
        LabelledPixels rows = LabelledPixels.Read(input, options.LabelColumnName, options.FeatureColumnName);
        using IDevice device = options.OpenDevice?.Invoke() ?? new CpuDevice();
        ModelMember[] members = [.. recipe.Members.Select(member => Train(member, rows.Dataset, device))];
        ModelMetadata metadata = members.Length > 1 ? new() : new() { RecipeJson = StrictJson.Write(recipe), Seed = recipe.Training.Seed };
        var model = new DigitModel(members, rows.Dataset.LabelMap, recipe.TestTimeShift, metadata);
        return new DigitCnnTransformer(model, options.FeatureColumnName, rows.Scale, rows.Classes, options.OpenDevice?.Invoke());
    }

    // A column shape cannot be made outside of ML.NET; its own trainers name the columns that any multiclass trainer needs and gives.
    SchemaShape IEstimator<DigitCnnTransformer>.GetOutputSchema(SchemaShape inputSchema) =>
        new MLContext().MulticlassClassification.Trainers.SdcaMaximumEntropy(options.LabelColumnName, options.FeatureColumnName).GetOutputSchema(inputSchema);

    private ModelMember Train(Recipe recipe, DigitDataset rows, IDevice device)
    {
        (DigitDataset training, DigitDataset? validation) = options.ValidationFraction == 0
            ? (rows, null)
            : DatasetSplit.ByFraction(rows, options.ValidationFraction, recipe.Training.Seed);
        Network network = recipe.BuildNetwork(rows.Height, rows.Width, rows.LabelMap.Count);
        PixelNormalization normalization = recipe.NormalizationFor(training);
        TrainingResult result = new Trainer(device).Fit(
            network, training, recipe.Training,
            new FitOptions { Validation = validation, Normalization = normalization, Observers = options.Observers, Cancellation = options.Cancellation });
        options.Cancellation.ThrowIfCancellationRequested();
        return new ModelMember(result.Weights, normalization);
    }
}
