using System.Globalization;
using System.Text;
using DigitML.Engine.Networks;

namespace DigitML.Experiments.Summaries;

/// <summary>
/// A network's layers, shapes and parameter counts, printed as Keras's <c>model.summary()</c> does in a terminal of 80 columns; a line sets off each layer that has weights with
/// those that follow it.
/// </summary>
internal static class LayerTable
{
    private static readonly string[] Heads = ["Layer (type)", "Output Shape", "Param #"];
    private static readonly int[] LeastWidths = [31, 22, 13];

    /// <summary>The table with the totals below it, ending in a line break.</summary>
    internal static string Format(Network network)
    {
        string[][][] rows = [.. network.Layers.Select(RowsOf)];
        int[] widths = [.. LeastWidths.Select((least, column) => Math.Max(least, rows.Max(lines => lines.Max(row => row[column].Length))))];

        var text = new StringBuilder();
        text.Append($"Model: \"{network.Name}\"\n");
        text.Append(Rule('┏', '━', '┳', '┓', widths)).Append(Row('┃', Heads, widths)).Append(Rule('┡', '━', '╇', '┩', widths));
        for (int i = 0; i < rows.Length; i++)
        {
            if (i > 0 && network.Layers[i].Parameters.Any(parameter => parameter.Role == ParameterRole.Weight)) text.Append(Rule('├', '─', '┼', '┤', widths));
            foreach (string[] line in rows[i]) text.Append(Row('│', line, widths));
        }

        text.Append(Rule('└', '─', '┴', '┘', widths));

        int trainable = network.TrainableParameterCount, fixedCount = network.NonTrainableParameterCount;
        text.Append($" Total params: {Total(trainable + fixedCount)}\n");
        text.Append($" Trainable params: {Total(trainable)}\n");
        text.Append($" Non-trainable params: {Total(fixedCount)}\n");
        return text.ToString();
    }

    /// <summary>(None, height, width, channels) or (None, features).</summary>
    internal static string KerasShape(Shape shape) =>
        shape.IsVector ? $"(None, {shape.Channels})" : $"(None, {shape.Height}, {shape.Width}, {shape.Channels})";

    // A name that does not fit has its type on a second line, as Keras has it.
    private static string[][] RowsOf(NetworkLayer layer)
    {
        string type = $"({layer.Layer.GetType().Name})", whole = $"{layer.Name} {type}", shape = KerasShape(layer.OutputShape), parameters = Number(layer.ParameterCount);
        return whole.Length <= LeastWidths[0] ? [[whole, shape, parameters]] : [[layer.Name, shape, parameters], [type, "", ""]];
    }

    private static string Rule(char left, char line, char cross, char right, int[] widths) =>
        $"{left}{string.Join(cross, widths.Select(width => new string(line, width + 2)))}{right}\n";

    private static string Row(char bar, string[] cells, int[] widths) =>
        $"{bar} {cells[0].PadRight(widths[0])} {bar} {cells[1].PadRight(widths[1])} {bar} {cells[2].PadLeft(widths[2])} {bar}\n";

    private static string Total(int count) => $"{Number(count)} ({Memory(4.0 * count)})";

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Memory(double bytes)
    {
        string[] units = ["B", "KB", "MB", "GB"];
        int unit = 0;
        while (bytes >= 1024 && unit < units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes:F2} {units[unit]}");
    }
}
