using DigitML.Data.Recipes;
using DigitML.Engine;
using Microsoft.ML;

namespace DigitML.MLNet;

/// <summary>DigitML's trainer among those of ML.NET.</summary>
public static class DigitCnnCatalog
{
    /// <summary>A convolutional network, trained as a recipe says.</summary>
    /// <param name="trainers">The catalog.</param>
    /// <param name="recipe">A recipe by name ("compact", "best", "fast", ...) or the path of a recipe file.</param>
    /// <param name="labelColumnName">The column of labels, of a key type: put MapDigitLabels before the trainer.</param>
    /// <param name="featureColumnName">The column of pixels: a vector of height x width Byte, or Single that are whole numbers of 0 to 255 or those divided by 255.</param>
    /// <exception cref="DigitMLException">There is no such recipe, or its file breaks a rule.</exception>
    public static DigitCnnTrainer DigitCnn(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, string recipe = RecipeCatalog.DefaultName,
        string labelColumnName = DigitData.LabelColumn, string featureColumnName = DigitData.PixelsColumn) =>
        trainers.DigitCnn(new DigitCnnOptions { Recipe = RecipeCatalog.Get(recipe), LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

    /// <summary>A convolutional network, trained as the options say.</summary>
    /// <param name="trainers">The catalog.</param>
    /// <param name="options">How to train.</param>
    public static DigitCnnTrainer DigitCnn(this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, DigitCnnOptions options)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        ArgumentNullException.ThrowIfNull(options);
        return new DigitCnnTrainer(options, EpochLog.EnvironmentOf(trainers));
    }
}
