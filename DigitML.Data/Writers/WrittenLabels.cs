using System.Globalization;
using DigitML.Data.Rows;
using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Data.Writers;

/// <summary>The labels of a dataset as files hold them.</summary>
internal static class WrittenLabels
{
    /// <summary>The label of each row; null if no row has one.</summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="kind">What is written, for messages: "a CSV file".</param>
    /// <exception cref="DigitMLException">Only some rows have a label.</exception>
    public static string[]? Of(DigitDataset dataset, string kind)
    {
        if (!dataset.Labels.AsSpan().ContainsAnyExcept(DigitDataset.NoLabel)) return null;
        if (!dataset.IsLabelled) throw new DigitMLException($"{dataset.Name}: some rows have a label and some have none; in {kind} all rows have a label or none has.");
        return [.. dataset.Labels.Select(key => dataset.LabelMap[key])];
    }

    /// <summary>The labels as whole numbers; null if one is none, or is not written as one.</summary>
    public static long[]? Numbers(string[] labels) =>
        Array.TrueForAll(labels, label => LabelText.Whole(label) == label) ? [.. labels.Select(label => long.Parse(label, CultureInfo.InvariantCulture))] : null;

    /// <summary>The name of each pixel: those of square images are counted, those of others say where they are.</summary>
    public static IEnumerable<string> PixelNames(DigitDataset dataset) => dataset.Height == dataset.Width
        ? Enumerable.Range(0, dataset.Height * dataset.Width).Select(pixel => $"pixel{pixel}")
        : Enumerable.Range(0, dataset.Height * dataset.Width).Select(pixel => $"{pixel / dataset.Width + 1}x{pixel % dataset.Width + 1}");
}
