using DigitML.Engine.Networks;
using DigitML.Model.Files;
using DigitML.Model;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Summaries;
using static System.FormattableString;

namespace DigitML.Experiments.Reports;

/// <summary>The layers of the network, and the filters of its first convolution.</summary>
internal static class NetworkSection
{
    internal static Section Of(DigitModel model)
    {
        Network network = model.Members[0].Network;
        string which = model.IsEnsemble ? $"The first of {model.Members.Length} networks. " : "";
        return new Section("network", "Network", Markup.Of($"""
            {Page.Table($"Layers of {network.Name}", ["layer", "type", "output shape", "parameters"], network.Layers.Select(layer => (IReadOnlyList<Markup>)
            [
                Markup.Of($"{layer.Name}"), Markup.Of($"{layer.Layer.GetType().Name}"), Markup.Of($"{LayerTable.KerasShape(layer.OutputShape)}"), Markup.Of($"{layer.ParameterCount:N0}"),
            ]), texts: 3)}
            <p>{which}{Parameters(network)}.</p>
            {Filters(model)}
            """));
    }

    private static string Parameters(Network network) => DisplayText.Count(network.TrainableParameterCount, "trained parameter")
        + (network.NonTrainableParameterCount == 0 ? "" : Invariant($", {network.NonTrainableParameterCount:N0} others (batch-norm statistics)"));

    private static Markup? Filters(DigitModel model) => FilterPictures.Of(model) is not { } filters ? null : Markup.Of($"""
        <h3>Filters of the first convolution</h3>
        <p>The weights of each filter: blue is positive, red is negative.</p>
        <figure>{filters.Draw().InPage()}</figure>
        """);
}
