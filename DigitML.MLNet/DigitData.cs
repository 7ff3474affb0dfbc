using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>Files of digits as ML.NET data.</summary>
public static class DigitData
{
    /// <summary>The column of label texts.</summary>
    public const string LabelColumn = "Label";

    /// <summary>The column of pixels.</summary>
    public const string PixelsColumn = "Pixels";

    /// <summary>
    /// Reads a CSV file of labelled or unlabelled pixels or an IDX pair, plain or gzipped, as <c>digitml</c> does, into memory. The view has the columns
    /// <see cref="LabelColumn"/> (text, missing where the file has no labels) and <see cref="PixelsColumn"/> (a vector of height x width Single, row-major, 0 is
    /// background, 255 is ink).
    /// </summary>
    /// <param name="data">The catalog.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="DigitMLException">The file cannot be read; the line names file, line, column, value and rule.</exception>
    public static IDataView LoadDigits(this DataOperationsCatalog data, string path)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.LoadDigits(DigitFiles.Read(path));
    }

    /// <summary>A dataset as ML.NET data, with the columns that <see cref="LoadDigits(DataOperationsCatalog, string)"/> gives.</summary>
    /// <param name="data">The catalog.</param>
    /// <param name="dataset">The rows; the view reads from them and copies nothing.</param>
    public static IDataView LoadDigits(this DataOperationsCatalog data, DigitDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(dataset);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(DigitRow));
        schema[nameof(DigitRow.Pixels)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dataset.Height * dataset.Width);
        return data.LoadFromEnumerable(Enumerable.Range(0, dataset.Count).Select(row => new DigitRow
        {
            Label = DatasetSample.LabelOf(dataset, row) ?? "",
            Pixels = Array.ConvertAll(dataset.Image(row).ToArray(), pixel => (float)pixel),
        }), schema);
    }

    /// <summary>Pixels of 0 to 255 as 0 to 1. The step is saved and loaded with a pipeline.</summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; the same one where it is null.</param>
    public static IEstimator<ITransformer> NormalizeDigits(this TransformsCatalog transforms, string outputColumnName = PixelsColumn, string? inputColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        return transforms.Expression(outputColumnName, "x => x / 255", inputColumnName ?? outputColumnName);
    }

    /// <summary>The labels of a label map, in its order, as MapValueToKey takes them for its keys.</summary>
    internal static IDataView LabelKeys(this MLContext context, LabelMap labels) =>
        context.Data.LoadFromEnumerable(labels.Labels.Select(label => new LabelText { Label = label }));

    private sealed class LabelText
    {
        public string Label { get; set; } = "";
    }

    private sealed class DigitRow
    {
        public string Label { get; set; } = "";

        public float[] Pixels { get; set; } = [];
    }
}
