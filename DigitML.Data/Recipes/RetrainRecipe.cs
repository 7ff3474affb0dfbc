using DigitML.Engine;
using DigitML.Engine.Learning;
using DigitML.Engine.Optimizers;
using DigitML.Model;

namespace DigitML.Data.Recipes;

/// <summary>How a trained model is trained further: with its own network, and a gentler schedule than from scratch.</summary>
internal static class RetrainRecipe
{
    private const int Epochs = 5;
    private const float ShareOfRate = 0.1f;

    /// <summary>Reads the model to retrain.</summary>
    /// <exception cref="DigitMLException">It cannot be read, or is an ensemble.</exception>
    internal static DigitModel LoadModel(string path)
    {
        DigitModel model = DigitModel.Load(path);
        return !model.IsEnsemble ? model : throw new DigitMLException(
            $"{path}: it is an ensemble of {model.Members.Length} networks, which cannot be retrained; retrain each model separately and combine them with digitml ensemble.");
    }

    /// <summary>
    /// The model's layers; the training of the given recipe as it is, or else that of the model's own recipe for 5 epochs with a tenth of its learning rate
    /// and cosine decay to 0, so that the model does not forget what it has learned.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="recipe">A recipe by name or file whose training part is used; null for the model's own.</param>
    internal static Recipe For(DigitModel model, string? recipe)
    {
        if (recipe is not null) return ClassGrowth.RecipeOf(model, RecipeCatalog.Get(recipe).Training);
        TrainingPlan plan = model.Metadata.RecipeJson is string json
            ? RecipeCatalog.Read("the model's recipe", json).Training
            : new TrainingPlan(Epochs, BatchSize: 128, new Adam(), new Constant(0.001f));
        return ClassGrowth.RecipeOf(model, plan with
        {
            Epochs = Epochs,
            LearningRate = new Cosine(ShareOfRate * RecipeOverrides.RateOf(plan.LearningRate)),
            Augmentation = plan.Augmentation is null ? null : plan.Augmentation with { FinalEpochsWithout = 0 },
        });
    }
}
