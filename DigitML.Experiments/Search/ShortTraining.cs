using DigitML.Data.Recipes;
using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Engine.Learning;
using DigitML.Experiments.Pipelines;
using DigitML.Experiments.Runs;
using DigitML.MLNet;

namespace DigitML.Experiments.Search;

/// <summary>The trainings of a search: without a run folder, measured on the rows held out.</summary>
/// <param name="openDevice">Opens the device.</param>
/// <param name="inputs">The rows.</param>
/// <param name="cancellation">Stops a training.</param>
internal sealed class ShortTraining(Func<IDevice> openDevice, RunInputs inputs, CancellationToken cancellation)
{
    /// <inheritdoc cref="TrainRecipe"/>
    internal IReadOnlyList<EpochReport> Run(Recipe recipe, DigitDataset rows)
    {
        var options = new DigitCnnOptions { Recipe = recipe, OpenDevice = openDevice, Cancellation = cancellation };
        using FittedPipeline pipeline = new DigitPipeline(inputs.Labels, recipe.Training.Seed).FitDigitCnn(rows, inputs.Validation, options);
        return pipeline.Network!.TrainingResults[0].History;
    }
}
