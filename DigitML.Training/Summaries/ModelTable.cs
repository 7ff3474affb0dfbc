using System.Text;
using DigitML.Engine.Networks;
using DigitML.Model;

namespace DigitML.Training.Summaries;

/// <summary>The layer tables of a model: one for each network that differs from those before it, then what the whole is.</summary>
internal static class ModelTable
{
    internal static string Format(DigitModel model)
    {
        if (ModelText.Averaging(model) is not { } averaging) return LayerTable.Format(model.Network);
        var text = new StringBuilder();
        foreach (IGrouping<string, Network> kind in model.Members.Select(member => member.Network).GroupBy(Layers))
        {
            text.Append(LayerTable.Format(kind.First()));
            if (model.IsEnsemble) text.Append($" Networks of this kind: {kind.Count()}\n");
            text.Append('\n');
        }

        return text.Append($"{model.Name}: {ModelText.Describe(model)}\n{averaging}\n").ToString();
    }

    // Layers are records; their text tells everything that they are.
    private static string Layers(Network network) => $"{network.Name}\n{string.Join('\n', network.Layers.Select(place => place.Layer))}";
}
