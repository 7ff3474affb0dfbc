using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Model;

namespace DigitML.Data.Predictions;

/// <summary>What a model takes.</summary>
internal static class ModelInput
{
    /// <summary>Fails where the images are not of the model's size.</summary>
    /// <exception cref="DigitMLException">They are not.</exception>
    internal static void CheckSize(string path, DigitDataset dataset, DigitModel model)
    {
        Shape input = model.InputShape;
        if (dataset.Height != input.Height || dataset.Width != input.Width)
        {
            throw new DigitMLException($"{path}: its images are {dataset.Height}x{dataset.Width} but the model takes {input.Height}x{input.Width}.");
        }
    }
}
