using DigitML.Engine.Networks;
using DigitML.Model;

namespace DigitML.Experiments.Summaries;

/// <summary>The layer tables of a model: one for each kind of network, then a summary of the whole model.</summary>
internal static class ModelTable
{
    internal static string Format(DigitModel model)
    {
        if (ModelText.Averaging(model) is not { } averaging) return LayerTable.Format(model.Network);
        string tables = model.IsEnsemble ? Kinds(model.Members.Select(member => member.Network)) : LayerTable.Format(model.Network);
        return $"{tables}\n{model.Name}: {ModelText.Describe(model)}\n{averaging}\n";
    }

    /// <summary>A table for each kind of network, with the number of networks of that kind.</summary>
    internal static string Kinds(IEnumerable<Network> networks) => string.Join('\n', networks.GroupBy(Layers)
        .Select(kind => $"{LayerTable.Format(kind.First())} Networks of this kind: {kind.Count()}\n"));

    // Layers are records; their text contains all their properties.
    private static string Layers(Network network) => $"{network.Name}\n{string.Join('\n', network.Layers.Select(place => place.Layer))}";
}
