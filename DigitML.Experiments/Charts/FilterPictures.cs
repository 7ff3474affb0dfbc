using DigitML.Engine.Networks;
using DigitML.Model;
using DigitML.Model.Contents;

namespace DigitML.Experiments.Charts;

/// <summary>The weights of a first convolution on grey images, one small picture per filter: one colour for positive weights, another for negative ones, each filter scaled to its largest weight.</summary>
internal sealed record FilterPictures(Conv2D Convolution, float[] Weights)
{
    private const int Pixel = 10, Gap = 8, Columns = 16;

    /// <summary>The filters of a model's first network; null if its first layer with weights is not a convolution on grey images.</summary>
    internal static FilterPictures? Of(DigitModel model)
    {
        ModelMember member = model.Members[0];
        Network network = member.Network;
        int first = Enumerable.Range(0, network.Layers.Length).FirstOrDefault(i => network.Layers[i].ParameterCount > 0, -1);
        return first >= 0 && network.InputShape.Channels == 1 && network.Layers[first].Layer is Conv2D convolution
            ? new FilterPictures(convolution, member.Weights.OfLayer(first)[0].Values)
            : null;
    }

    /// <summary>The drawing.</summary>
    internal Svg Draw()
    {
        var (rows, columns) = (Convolution.KernelSize.Height, Convolution.KernelSize.Width);
        int stepX = columns * Pixel + Gap, stepY = rows * Pixel + Gap, filters = Convolution.Filters, across = Math.Min(filters, Columns);
        return new Svg(
            across * stepX, (filters + across - 1) / across * stepY, $"The {filters} filters of the first convolution, {rows} by {columns} weights each.",
            Markup.Of($"{Enumerable.Range(0, filters).Select(Filter)}"));

        Markup Filter(int filter)
        {
            float[] weights = Weights[(filter * rows * columns)..((filter + 1) * rows * columns)];
            double largest = Math.Max(weights.Max(Math.Abs), float.Epsilon);
            return Markup.Of($"""
                <g transform="translate({filter % across * stepX + Gap / 2} {filter / across * stepY + Gap / 2})"><title>filter {filter + 1}</title>
                {weights.Select((weight, i) => Markup.Of($"""<rect class="{(weight < 0 ? "negative" : "positive")}" x="{i % columns * Pixel}" y="{i / columns * Pixel}" width="{Pixel}" height="{Pixel}" fill-opacity="{Svg.Place(Math.Abs(weight) / largest)}"/>"""))}
                <rect class="cell" x="0" y="0" width="{columns * Pixel}" height="{rows * Pixel}"/></g>
                """);
        }
    }
}
