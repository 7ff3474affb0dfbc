using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>The rows of a view that a network can learn from.</summary>
/// <param name="Dataset">Pixels as bytes, labels as keys from 0.</param>
/// <param name="Targets">The target distribution over the classes for each row; null if no column was named.</param>
/// <param name="Classes">What the label's keys stand for.</param>
internal sealed record LabelledPixels(DigitDataset Dataset, TargetMatrix? Targets, KeyValues Classes)
{
    /// <summary>Reads all rows that have a label.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="options">The names of the columns.</param>
    /// <param name="called">What messages call the column of pixels.</param>
    /// <exception cref="DigitMLException">A column is missing or of another type, no row has a label, or a value is not a pixel.</exception>
    internal static LabelledPixels Read(IDataView view, DigitCnnOptions options, string called = "Column")
    {
        DataViewSchema.Column label = KeyColumn(view.Schema, options.LabelColumnName);
        PixelColumn pixels = PixelColumn.Of(view.Schema, options.FeatureColumnName, options.ImageHeight, options.ImageWidth);
        KeyValues classes = KeyValues.Of(label);
        DataViewSchema.Column? target = options.TargetColumnName is null ? null : TargetColumn(view.Schema, options.TargetColumnName, classes.Names.Length);
        string name = $"{called} \"{options.FeatureColumnName}\"";
        float scale = pixels.ScaleIn(view);
        var keys = new List<int>();
        var targets = new List<float>();
        DataViewSchema.Column[] columns = target is null ? [label, pixels.Column] : [label, pixels.Column, target.Value];
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        ValueGetter<uint> getKey = cursor.GetGetter<uint>(label);
        ImageCopy copy = pixels.CopyFrom(cursor, scale);
        Action? readTarget = target is null ? null : TargetReader(cursor, target.Value, targets);
        var rows = new ImageRows(name, pixels.Size, view.GetRowCount());
        uint key = 0;
        while (cursor.MoveNext())
        {
            getKey(ref key);
            if (key == 0) continue;
            copy(rows.Add());
            readTarget?.Invoke();
            keys.Add((int)key - 1);
        }

        if (keys.Count == 0) throw new DigitMLException($"No row has a label in column \"{options.LabelColumnName}\"; there is nothing to train on.");
        TargetMatrix? matrix = target is null ? null : new TargetMatrix(classes.Names.Length, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(targets));
        var dataset = new DigitDataset(name, pixels.Height, pixels.Width, rows.ToArray(), [.. keys], new LabelMap(classes.Names));
        return new LabelledPixels(dataset, matrix, classes);
    }

    /// <summary>Checks the columns of labels and pixels before there are rows.</summary>
    /// <exception cref="DigitMLException">A column is missing or of another type.</exception>
    internal static void Check(SchemaShape schema, DigitCnnOptions options)
    {
        SchemaShape.Column label = PixelColumn.Get(schema, options.LabelColumnName);
        if (!label.IsKey || label.Kind != SchemaShape.Column.VectorKind.Scalar || label.ItemType.RawType != typeof(uint)) throw NoKey(label.Name, ColumnWords.Of(label));
        PixelColumn.Check(schema, options.FeatureColumnName);
    }

    private static DataViewSchema.Column KeyColumn(DataViewSchema schema, string name)
    {
        DataViewSchema.Column label = PixelColumn.Get(schema, name);
        return label.Type is KeyDataViewType && label.Type.RawType == typeof(uint) ? label : throw NoKey(name, ColumnWords.Of(label.Type));
    }

    private static DigitMLException NoKey(string name, string type) => new($"Column \"{name}\" is {type}, not a key of UInt32; put Transforms.MapDigitLabels() before the trainer.");

    private static DataViewSchema.Column TargetColumn(DataViewSchema schema, string name, int classes)
    {
        DataViewSchema.Column target = PixelColumn.Get(schema, name);
        return target.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single && vector.Size == classes ? target : throw new DigitMLException(
            $"Column \"{name}\" is {ColumnWords.Of(target.Type)}; a target is a vector of {classes} Single, one per class: put Transforms.Conversion.MapKeyToVector(\"{name}\", \"Label\") before the trainer.");
    }

    private static Action TargetReader(DataViewRowCursor cursor, DataViewSchema.Column target, List<float> targets)
    {
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(target);
        VBuffer<float> buffer = default;
        return () =>
        {
            get(ref buffer);
            targets.AddRange(buffer.DenseValues());
        };
    }
}
