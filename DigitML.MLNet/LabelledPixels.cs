using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>The rows of a view that a network can learn from.</summary>
/// <param name="Dataset">Pixels as bytes, labels as keys from 0.</param>
/// <param name="Targets">The target distribution over the classes for each row; null if no column was named.</param>
/// <param name="Scale">The factor that scales a float of the view to 0 .. 255: 1 or 255.</param>
/// <param name="Classes">What the label's keys stand for.</param>
internal sealed record LabelledPixels(DigitDataset Dataset, TargetMatrix? Targets, float Scale, KeyValues Classes)
{
    // A pixel divided by 255 and multiplied again is this close to a whole number.
    private const float Tolerance = 1e-3f;

    private const string Rule = "pixels are whole numbers from 0 to 255, or such numbers divided by 255; leave any other normalisation to the recipe";

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
        float scale = pixels.IsBytes ? 1 : ScaleOf(view, pixels);
        var keys = new List<int>();
        var targets = new List<float>();
        DataViewSchema.Column[] columns = target is null ? [label, pixels.Column] : [label, pixels.Column, target.Value];
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        ValueGetter<uint> getKey = cursor.GetGetter<uint>(label);
        ImageCopy copy = pixels.IsBytes ? Bytes(cursor, pixels) : Floats(cursor, pixels, scale);
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
        return new LabelledPixels(dataset, matrix, scale, classes);
    }

    private delegate void ImageCopy(Span<byte> image);

    private static DataViewSchema.Column KeyColumn(DataViewSchema schema, string name)
    {
        DataViewSchema.Column label = PixelColumn.Get(schema, name);
        return label.Type is KeyDataViewType && label.Type.RawType == typeof(uint) ? label : throw new DigitMLException(
            $"Column \"{name}\" is {label.Type}, not a key of UInt32; put Transforms.MapDigitLabels() before the trainer.");
    }

    private static DataViewSchema.Column TargetColumn(DataViewSchema schema, string name, int classes)
    {
        DataViewSchema.Column target = PixelColumn.Get(schema, name);
        return target.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single && vector.Size == classes ? target : throw new DigitMLException(
            $"Column \"{name}\" is {target.Type}; a target is a vector of {classes} Single, one per class: put Transforms.Conversion.MapKeyToVector(\"{name}\", \"Label\") before the trainer.");
    }

    private static ImageCopy Bytes(DataViewRowCursor cursor, PixelColumn pixels)
    {
        ValueGetter<VBuffer<byte>> get = cursor.GetGetter<VBuffer<byte>>(pixels.Column);
        VBuffer<byte> buffer = default;
        return image =>
        {
            get(ref buffer);
            pixels.Copy(buffer, image);
        };
    }

    private static ImageCopy Floats(DataViewRowCursor cursor, PixelColumn pixels, float scale)
    {
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(pixels.Column);
        VBuffer<float> buffer = default;
        var values = new float[pixels.Size];
        return image =>
        {
            get(ref buffer);
            pixels.Copy(buffer, values);
            int wrong = ToBytes(values, scale, image);
            if (wrong >= 0) throw new DigitMLException($"Row {cursor.Position + 1} of column \"{pixels.Column.Name}\" has {values[wrong]:R} in slot {wrong}; {Rule}.");
        };
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

    // A value above 1 shows that pixels go up to 255.
    private static float ScaleOf(IDataView view, PixelColumn pixels)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([pixels.Column]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(pixels.Column);
        VBuffer<float> values = default;
        while (cursor.MoveNext())
        {
            get(ref values);
            foreach (float value in values.GetValues())
            {
                if (value > 1) return 1;
            }
        }

        return 255;
    }

    // The first slot that does not hold a pixel; -1 if all do.
    private static int ToBytes(float[] values, float scale, Span<byte> bytes)
    {
        for (int i = 0; i < values.Length; i++)
        {
            float pixel = values[i] * scale, whole = MathF.Round(pixel);
            if (!(whole is >= 0 and <= 255 && Math.Abs(pixel - whole) <= Tolerance)) return i;
            bytes[i] = (byte)whole;
        }

        return -1;
    }
}
