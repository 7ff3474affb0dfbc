using DigitML.Data.Recipes;
using DigitML.Engine;
using Microsoft.ML;

namespace DigitML.MLNet;

/// <summary>Adds DigitML's trainer to ML.NET's multiclass trainers.</summary>
public static class DigitCnnCatalog
{
    /// <summary>Creates a trainer of a convolutional network, configured by a recipe.</summary>
    /// <param name="trainers">The catalog.</param>
    /// <param name="recipe">A recipe by name ("compact", "best", "fast", ...) or the path of a recipe file.</param>
    /// <param name="labelColumnName">The column of labels, of key type: put MapDigitLabels before the trainer.</param>
    /// <param name="featureColumnName">The column of pixels: a vector of height x width Byte or Single. Single values are whole numbers from 0 to 255, or such numbers divided by 255.</param>
    /// <exception cref="DigitMLException">There is no such recipe, or its file is not a valid recipe.</exception>
    public static DigitCnnTrainer DigitCnn(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, string recipe = RecipeCatalog.DefaultName,
        string labelColumnName = DigitData.LabelColumn, string featureColumnName = DigitData.PixelsColumn) =>
        trainers.DigitCnn(new DigitCnnOptions { Recipe = RecipeCatalog.Get(recipe), LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

    /// <summary>Creates a trainer of a convolutional network, configured by options.</summary>
    /// <param name="trainers">The catalog.</param>
    /// <param name="options">How to train.</param>
    /// <exception cref="ArgumentNullException">The options, their observers or a column's name is null.</exception>
    public static DigitCnnTrainer DigitCnn(this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, DigitCnnOptions options)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.LabelColumnName);
        ArgumentNullException.ThrowIfNull(options.FeatureColumnName);
        ArgumentNullException.ThrowIfNull(options.Observers);
        return new DigitCnnTrainer(options, EpochLog.EnvironmentOf(trainers));
    }
}
