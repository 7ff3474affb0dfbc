using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>Loads digits as ML.NET data.</summary>
public static class DigitData
{
    /// <summary>The name of the column of labels, as text.</summary>
    public const string LabelColumn = "Label";

    /// <summary>The name of the column of pixels.</summary>
    public const string PixelsColumn = "Pixels";

    /// <summary>
    /// Reads a CSV file of labelled or unlabelled images or an IDX pair, plain or gzipped, into memory, as <c>digitml</c> does. The view has the columns
    /// <see cref="LabelColumn"/> (text, missing where a row has no label) and <see cref="PixelsColumn"/> (a vector of height x width Byte, row-major, 0 is background,
    /// 255 is ink; its annotations ImageHeight and ImageWidth give the size of an image).
    /// </summary>
    /// <param name="data">The catalog.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="DigitMLException">The file cannot be read; the message names file, line, column, value and rule.</exception>
    public static IDataView LoadDigits(this DataOperationsCatalog data, string path)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.LoadDigits(DigitFiles.Read(path));
    }

    /// <summary>Wraps a dataset as ML.NET data, with the columns of <see cref="LoadDigits(DataOperationsCatalog, string)"/>.</summary>
    /// <param name="data">The catalog.</param>
    /// <param name="dataset">The rows; the view reads from them and copies one at a time.</param>
    public static IDataView LoadDigits(this DataOperationsCatalog data, DigitDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(dataset);
        return new DigitDatasetView(dataset);
    }

    /// <summary>
    /// Converts pixels, bytes or floats, to Single from 0 to 1, for trainers that need it. An image with fractions and no value above 1 is taken as divided by 255 already,
    /// whatever the training rows were; values that are not from 0 to 255 are an error. The step is saved with a pipeline; to load it with a context of your own, first register
    /// its assembly: <c>context.ComponentCatalog.RegisterAssembly(typeof(DigitData).Assembly)</c>.
    /// </summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="outputColumnName">The column to write.</param>
    /// <param name="inputColumnName">The column to read; null for the same column.</param>
    public static IEstimator<ITransformer> NormalizeDigits(this TransformsCatalog transforms, string outputColumnName = PixelsColumn, string? inputColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        return transforms.Conversion.ConvertType(PixelScale.PixelsColumn, inputColumnName ?? outputColumnName, DataKind.Single)
            .Append(transforms.CustomMapping(new PixelScale().GetMapping(), PixelScale.Contract))
            .Append(transforms.Expression(outputColumnName, "(x, ink) => x / ink", PixelScale.PixelsColumn, PixelScale.InkColumn))
            .Append(transforms.DropColumns(PixelScale.PixelsColumn, PixelScale.InkColumn));
    }
}
