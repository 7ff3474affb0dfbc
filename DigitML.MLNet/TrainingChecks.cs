using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Model;
using DigitML.Model.Files;

namespace DigitML.MLNet;

/// <summary>Checks that the training options are consistent and fit the rows.</summary>
internal static class TrainingChecks
{
    /// <summary>The recipe named in the options, with their changes.</summary>
    /// <exception cref="DigitMLException">Options contradict each other, or a value is outside its range.</exception>
    internal static Recipe RecipeOf(DigitCnnOptions options)
    {
        if (options.ValidationFraction != 0 && options.ValidationSet is not null)
        {
            throw new DigitMLException("Both ValidationFraction and ValidationSet are given; omit one of them.");
        }

        if (options.BaseModel is { IsEnsemble: true } ensemble)
        {
            throw new DigitMLException($"BaseModel is an ensemble of {ensemble.Members.Length} networks, which cannot be retrained; retrain each network separately.");
        }

        Recipe recipe = options.Recipe ?? (options.BaseModel is { } model ? RetrainRecipe.For(model, recipe: null) : RecipeCatalog.Get(RecipeCatalog.DefaultName));
        recipe = new RecipeOverrides(options.Epochs, options.BatchSize, options.LearningRate, options.Seed).Apply(recipe);
        recipe.Training.Validate();
        if (recipe.Networks == 1) return recipe;
        string? single = options.BaseModel is not null ? nameof(options.BaseModel) : options.ResumeFrom is not null ? nameof(options.ResumeFrom) : null;
        return single is null ? recipe : throw new DigitMLException(
            $"{single} is for training one network but recipe \"{recipe.Name}\" has {recipe.Networks}; use a recipe with one network.");
    }

    /// <summary>Checks that there is something to tell apart.</summary>
    /// <exception cref="DigitMLException">All rows have the same label.</exception>
    internal static void CheckClasses(DigitDataset rows, string column)
    {
        int first = rows.Labels[0];
        if (rows.Labels.AsSpan().ContainsAnyExcept(first)) return;
        throw new DigitMLException($"Every row has the label \"{rows.LabelMap[first]}\" in column \"{column}\"; a classifier needs at least two classes.");
    }

    /// <summary>Checks that the keys of the validation set mean what those of the training rows mean.</summary>
    /// <exception cref="DigitMLException">Its labels differ.</exception>
    internal static void CheckValidation(LabelMap validation, LabelMap training)
    {
        if (validation.Labels.SequenceEqual(training.Labels)) return;
        throw new DigitMLException(
            $"The labels of ValidationSet are {DisplayText.Few(validation.Labels)} but those of the training rows are {DisplayText.Few(training.Labels)}; "
            + "fit MapDigitLabels on the training rows and transform both with it.");
    }

    /// <summary>Checks that a network's training can start from a model's weights.</summary>
    /// <exception cref="DigitMLException">Its labels, image size or layers differ.</exception>
    internal static void CheckBaseModel(DigitModel model, Recipe recipe, Network network, LabelMap labels)
    {
        if (!labels.Labels.Take(model.Labels.Count).SequenceEqual(model.Labels.Labels))
        {
            throw new DigitMLException(
                $"The labels are {DisplayText.Few(labels.Labels)} but BaseModel's are {DisplayText.Few(model.Labels.Labels)}, which come first when it is retrained; "
                + "put MapDigitLabels(model.Labels, addNewLabels: true) before the trainer.");
        }

        Shape image = model.InputShape, rows = network.InputShape;
        if (image != rows)
        {
            throw new DigitMLException($"The images are {rows.Height}x{rows.Width} but BaseModel takes {image.Height}x{image.Width}; resize them.");
        }

        Network wanted = ClassGrowth.RecipeOf(model, recipe.Training).BuildNetwork(rows.Height, rows.Width, labels.Count);
        if (!wanted.Layers.Select(layer => layer.Layer).SequenceEqual(network.Layers.Select(layer => layer.Layer)))
        {
            throw new DigitMLException($"The layers of recipe \"{recipe.Name}\" are not those of BaseModel (\"{model.Network.Name}\"); omit Recipe, or use BaseModel's own recipe.");
        }
    }
}
