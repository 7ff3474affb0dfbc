using DigitML.Engine.Networks;
using DigitML.Model;
using DigitML.Training.Charts;
using DigitML.Training.Summaries;

namespace DigitML.Training.Reports;

/// <summary>The layers of the network, and what its first convolution looks for.</summary>
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
            ]))}
            <p>{which}{network.TrainableParameterCount:N0} trained parameters, {network.NonTrainableParameterCount:N0} others (the statistics of batch norm).</p>
            {Filters(model.Members[0])}
            """));
    }

    private static Markup? Filters(ModelMember member)
    {
        Network network = member.Network;
        int first = Enumerable.Range(0, network.Layers.Length).FirstOrDefault(i => network.Layers[i].Layer is Conv2D, -1);
        if (first < 0 || network.Layers[..first].Any(layer => layer.ParameterCount > 0) || network.InputShape.Channels != 1) return null;
        var convolution = (Conv2D)network.Layers[first].Layer;
        return Markup.Of($"""
            <h3>Filters of the first convolution</h3>
            <p>What each filter adds up (blue) and takes away (red) around a pixel.</p>
            <figure class="wide">{new FilterPictures(convolution, member.Weights.OfLayer(first)[0].Values).Draw().InPage()}</figure>
            """);
    }
}
