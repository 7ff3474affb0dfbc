using System.Globalization;
using System.Text;
using DigitML.Data;
using DigitML.Engine.Datasets;

namespace DigitML.Training.Terminals;

/// <summary>Draws images with characters that are half a line high, so that a pixel is about square: ink of 128 and more is drawn.</summary>
internal static class HalfBlocks
{
    private const int LeastInk = 128, Gap = 2;

    /// <summary>Draws rows, each below its number and label, as many side by side as fit.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="rows">Positions in it.</param>
    /// <param name="width">Characters per line; each line has at least one image.</param>
    public static string Draw(DigitDataset dataset, int[] rows, int width)
    {
        int columns = Math.Max((width + Gap) / (dataset.Width + Gap), 1);
        var text = new StringBuilder();
        foreach (int[] line in rows.Chunk(columns))
        {
            Append(text, line, row => Title(dataset, row));
            for (int y = 0; y < dataset.Height; y += 2) Append(text, line, row => Line(dataset, row, y));
        }

        return text.ToString();

        void Append(StringBuilder to, int[] line, Func<int, string> cell) =>
            to.AppendLine(string.Join(new string(' ', Gap), line.Select(row => cell(row).PadRight(dataset.Width))).TrimEnd());
    }

    private static string Title(DigitDataset dataset, int row)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"row {row + 1}");
        string title = DatasetSample.LabelOf(dataset, row) is string label ? $"{number}: {label}" : number;
        return title.Length <= dataset.Width ? title : title[..dataset.Width];
    }

    private static string Line(DigitDataset dataset, int row, int y)
    {
        ReadOnlySpan<byte> image = dataset.Image(row);
        var line = new char[dataset.Width];
        for (int x = 0; x < line.Length; x++)
        {
            bool upper = image[y * dataset.Width + x] >= LeastInk;
            bool lower = y + 1 < dataset.Height && image[(y + 1) * dataset.Width + x] >= LeastInk;
            line[x] = upper ? lower ? '█' : '▀' : lower ? '▄' : ' ';
        }

        return new string(line);
    }
}
