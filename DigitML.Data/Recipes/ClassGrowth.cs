using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Model;

namespace DigitML.Data.Recipes;

/// <summary>Adds new classes to a trained model: old classes keep their keys and weights, new ones come after them with random weights.</summary>
internal static class ClassGrowth
{
    /// <summary>The rows, with a label map of the model's labels first and the rows' new labels after them.</summary>
    internal static DigitDataset WithLabelsOf(DigitModel model, DigitDataset data)
    {
        var labels = new LabelMap([.. model.Labels.Labels, .. data.LabelMap.Labels.Where(label => !model.Labels.TryGetKey(label, out _))]);
        int[] newKeys = [.. data.LabelMap.Labels.Select(label => labels.TryGetKey(label, out int key) ? key : throw new InvalidOperationException(label))];
        return new DigitDataset(data.Name, data.Height, data.Width, data.Pixels, [.. data.Labels.Select(key => newKeys[key])], labels);
    }

    /// <summary>The model's layers as a recipe, with the word "classes" in the last layer that has weights.</summary>
    /// <exception cref="DigitMLException">No layer gives one output per class.</exception>
    internal static Recipe RecipeOf(DigitModel model, TrainingPlan training)
    {
        Layer[] layers = [.. model.Network.Layers.Select(layer => layer.Layer)];
        int last = Array.FindLastIndex(layers, layer => layer is Dense or Conv2D);
        int outputs = last < 0 ? 0 : layers[last] switch { Dense dense => dense.Units, Conv2D convolution => convolution.Filters, _ => 0 };
        if (outputs != model.Labels.Count)
        {
            throw new DigitMLException($"The last layer of network \"{model.Network.Name}\" does not give one output per class; it cannot be retrained.");
        }

        layers[last] = layers[last] switch
        {
            Dense dense => dense with { Units = ClassCount.Unknown },
            Conv2D convolution => convolution with { Filters = ClassCount.Unknown },
            Layer other => other,
        };
        return new Recipe(model.Network.Name, [.. layers], training, TestTimeShift: model.TestTimeShift);
    }

    /// <summary>The model's weights in a network that may have more classes. The weights of the new classes are drawn at random, as in a new network.</summary>
    internal static NetworkWeights WeightsFor(Network network, DigitModel model, TrainingPlan training)
    {
        var weights = new NetworkWeights(network);
        weights.Initialize(training.Initializer, training.Seed);
        for (int i = 0; i < weights.Tensors.Length; i++) model.Weights.Tensors[i].Values.CopyTo(weights.Tensors[i].Values, 0);
        return weights;
    }
}
