using DigitML.Data.Pixels;
using DigitML.Data.Rows;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model.Files;

namespace DigitML.Data;

/// <summary>Turns the rows of a file, of whatever format, into a dataset: settles images and labels, checks them, and tells what was done.</summary>
internal static class FileRowsReading
{
    /// <summary>The dataset of the rows.</summary>
    /// <exception cref="DigitMLException">Images or labels remain in doubt, or do not meet the requirements.</exception>
    public static DigitFile ToDigitFile(this FileRows rows, DigitFileOptions options)
    {
        if (options.RequireLabels && rows.Labels is null)
        {
            throw new DigitMLException($"{rows.Path} has no labels, which are needed here; {rows.LabelAdvice}.");
        }

        GreyImages images = GreyImages.Of(rows, options.Layout, options.Needs);
        if (options.ImageHeight is { } height && options.ImageWidth is { } width && (images.Height, images.Width) != (height, width))
        {
            throw new DigitMLException($"{rows.Path}: its images are {images.Height}x{images.Width}; images of {height}x{width} are needed here.");
        }

        LabelKeys? keys = rows.Labels is null || options.IgnoreLabels ? null : LabelKeys.Of(rows.Labels, options.Layout, options.LabelMap);
        int[] labels = keys?.Keys ?? Unlabelled(rows.Pixels.Count);
        LabelMap map = keys?.Map ?? options.LabelMap ?? new LabelMap([]);
        if (keys is not null) Check(rows, keys, options);
        string name = Path.GetFileName(rows.Path);
        int dropped = labels.Count(label => label == LabelKeys.Unknown);
        int[] kept = dropped == 0 ? [] : [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] != LabelKeys.Unknown)];
        var dataset = new DigitDataset(name, images.Height, images.Width, images.Pixels, labels, map);
        if (dropped > 0) dataset = dataset.Subset(name, kept);
        RowIds? ids = rows.Ids is null || dropped == 0 ? rows.Ids : rows.Ids with { Values = [.. kept.Select(row => rows.Ids.Values[row])] };
        return new DigitFile(dataset, rows.Format, dropped) { Reading = Describe(rows, images, keys, labels), PixelRange = images.Range, Ids = ids };
    }

    private static int[] Unlabelled(int count)
    {
        var labels = new int[count];
        Array.Fill(labels, DigitDataset.NoLabel);
        return labels;
    }

    private static void Check(FileRows rows, LabelKeys keys, DigitFileOptions options)
    {
        int missing = options.RequireLabels ? Array.IndexOf(keys.Keys, DigitDataset.NoLabel) : -1;
        if (missing >= 0)
        {
            string text = TextOf(rows, missing);
            string shown = string.IsNullOrWhiteSpace(text) ? "is missing" : $"is {DisplayText.Value(text)}, which means that it is missing";
            throw new DigitMLException($"{rows.PlaceOf(missing)}: {rows.LabelName} {shown}; every row needs a label, so add it or remove the row.");
        }

        int unknown = options.DropUnknownLabels ? -1 : Array.IndexOf(keys.Keys, LabelKeys.Unknown);
        if (unknown < 0) return;
        string known = $"the {(keys.Map.Count == 1 ? "" : $"{keys.Map.Count} ")}known labels ({DisplayText.Few(keys.Map.Labels)})";
        throw new DigitMLException($"{rows.PlaceOf(unknown)}: {rows.LabelName} is {DisplayText.Value(TextOf(rows, unknown))}, which is not among {known}; correct it or remove the row.");
    }

    private static string TextOf(FileRows rows, int row) => rows.Labels!.Texts[rows.Labels.Rows[row]];

    private static string Describe(FileRows rows, GreyImages images, LabelKeys? keys, int[] labels)
    {
        var parts = new List<string>();
        int classes = keys is null ? 0 : labels.Where(label => label >= 0).Distinct().Count(), missing = keys is null ? 0 : labels.Count(label => label == DigitDataset.NoLabel);
        parts.Add(rows.Labels is null ? "no labels" : keys is null ? $"label: {rows.LabelPlace} (not used)" : $"label: {rows.LabelPlace} ({(classes == 1 ? "1 class" : FormattableString.Invariant($"{classes:N0} classes"))}{(missing == 0 ? "" : $", missing in {DisplayText.Count(missing, "row")}")})");
        if (rows.Ids is not null) parts.Add($"ids: {rows.IdPlace ?? DisplayText.Value(rows.Ids.Name)}");
        if (rows.LeftOut.Count > 0) parts.Add($"left out: {string.Join(", ", rows.LeftOut)}");
        parts.AddRange(images.Steps);
        if (keys is { Spellings.Count: > 0 }) parts.Add($"one label in several spellings: {string.Join(", ", keys.Spellings.Take(3))}");
        parts.AddRange(rows.Notes);
        return string.Join("; ", parts);
    }
}
