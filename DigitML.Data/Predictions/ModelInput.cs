using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model;

namespace DigitML.Data.Predictions;

/// <summary>Checks the input of a model.</summary>
internal static class ModelInput
{
    /// <summary>Fails if the images are not of the model's size.</summary>
    /// <exception cref="DigitMLException">They are not.</exception>
    internal static void CheckSize(string path, DigitDataset dataset, IDigitScorer model) => CheckSize(path, dataset, model.Height, model.Width);

    /// <summary>Fails if the images are not of the model's size.</summary>
    /// <exception cref="DigitMLException">They are not.</exception>
    internal static void CheckSize(string path, DigitDataset dataset, DigitModel model) => CheckSize(path, dataset, model.InputShape.Height, model.InputShape.Width);

    private static void CheckSize(string path, DigitDataset dataset, int height, int width)
    {
        if (dataset.Height == height && dataset.Width == width) return;
        throw new DigitMLException($"{path}: its images are {dataset.Height}x{dataset.Width} but the model takes {height}x{width}.");
    }
}
