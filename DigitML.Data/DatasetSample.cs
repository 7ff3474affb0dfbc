using DigitML.Engine.Datasets;
using DigitML.Model.Images;

namespace DigitML.Data;

/// <summary>A few sample rows of a dataset.</summary>
internal static class DatasetSample
{
    /// <summary>The first rows of each class, class by class; the first rows of a dataset without labels.</summary>
    public static int[] OfEveryClass(DigitDataset dataset, int rowsOfClass)
    {
        IEnumerable<int> rows = Enumerable.Range(0, dataset.Count);
        if (!dataset.IsLabelled) return [.. rows.Take(10 * rowsOfClass)];
        return [.. rows.GroupBy(row => dataset.Labels[row]).OrderBy(group => group.Key).SelectMany(group => group.Take(rowsOfClass))];
    }

    /// <summary>The label of a row, or null.</summary>
    public static string? LabelOf(DigitDataset dataset, int row) =>
        dataset.Labels[row] == DigitDataset.NoLabel ? null : dataset.LabelMap[dataset.Labels[row]];

    /// <summary>The rows side by side in one picture, one black pixel apart.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="rows">Positions in it, one or more.</param>
    /// <param name="columns">Images per line of the picture.</param>
    public static DigitImage Picture(DigitDataset dataset, int[] rows, int columns)
    {
        columns = Math.Min(columns, rows.Length);
        int lines = (rows.Length + columns - 1) / columns;
        int stepY = dataset.Height + 1, stepX = dataset.Width + 1;
        int height = lines * stepY - 1, width = columns * stepX - 1;
        var pixels = new byte[height * width];
        for (int i = 0; i < rows.Length; i++)
        {
            int top = i / columns * stepY, left = i % columns * stepX;
            for (int y = 0; y < dataset.Height; y++)
            {
                dataset.Image(rows[i]).Slice(y * dataset.Width, dataset.Width).CopyTo(pixels.AsSpan((top + y) * width + left));
            }
        }

        return new DigitImage(height, width, pixels, dataset.Name);
    }
}
