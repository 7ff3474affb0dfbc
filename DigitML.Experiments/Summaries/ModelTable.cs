using DigitML.Engine.Networks;
using DigitML.Model;

namespace DigitML.Experiments.Summaries;

/// <summary>The layer tables of a model: one for each network that differs from those before it, then what the whole is.</summary>
internal static class ModelTable
{
    internal static string Format(DigitModel model)
    {
        if (ModelText.Averaging(model) is not { } averaging) return LayerTable.Format(model.Network);
        string tables = model.IsEnsemble ? Kinds(model.Members.Select(member => member.Network)) : LayerTable.Format(model.Network);
        return $"{tables}\n{model.Name}: {ModelText.Describe(model)}\n{averaging}\n";
    }

    /// <summary>A table for each kind of network, with the number of those of this kind.</summary>
    internal static string Kinds(IEnumerable<Network> networks) => string.Join('\n', networks.GroupBy(Layers)
        .Select(kind => $"{LayerTable.Format(kind.First())} Networks of this kind: {kind.Count()}\n"));

    // Layers are records; their text tells everything that they are.
    private static string Layers(Network network) => $"{network.Name}\n{string.Join('\n', network.Layers.Select(place => place.Layer))}";
}
