using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model.Images;
using Microsoft.ML;

namespace DigitML.MLNet;

/// <summary>Files of digits as pictures in memory, for ML.NET's image classification.</summary>
public static class DigitImages
{
    /// <summary>The column of pictures.</summary>
    public const string ImageColumn = "Image";

    /// <summary>
    /// Reads a file as <see cref="DigitData.LoadDigits(DataOperationsCatalog, string)"/> does. The view has the columns <see cref="DigitData.LabelColumn"/> and
    /// <see cref="ImageColumn"/>: each digit as the bytes of a grey PNG, which is what <c>ImageClassification</c> takes. No file is written.
    /// </summary>
    /// <param name="data">The catalog.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="DigitMLException">The file cannot be read; the line names file, line, column, value and rule.</exception>
    public static IDataView LoadDigitImages(this DataOperationsCatalog data, string path)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.LoadDigitImages(DigitFiles.Read(path));
    }

    /// <summary>A dataset as pictures, with the columns that <see cref="LoadDigitImages(DataOperationsCatalog, string)"/> gives.</summary>
    /// <param name="data">The catalog.</param>
    /// <param name="dataset">The rows; a picture is made whenever the view is read.</param>
    public static IDataView LoadDigitImages(this DataOperationsCatalog data, DigitDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(dataset);
        return data.LoadFromEnumerable(Enumerable.Range(0, dataset.Count).Select(row => new Picture
        {
            Label = DatasetSample.LabelOf(dataset, row) ?? "",
            Image = Png(dataset, row),
        }));
    }

    private static byte[] Png(DigitDataset dataset, int row)
    {
        using var stream = new MemoryStream();
        new DigitImage(dataset.Height, dataset.Width, dataset.Image(row).ToArray()).SavePng(stream);
        return stream.ToArray();
    }

    private sealed class Picture
    {
        public string Label { get; set; } = "";

        public byte[] Image { get; set; } = [];
    }
}
