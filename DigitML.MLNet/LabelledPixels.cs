using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>The rows of a view that a network can learn from.</summary>
/// <param name="Dataset">Pixels as bytes, labels as keys from 0.</param>
/// <param name="Scale">What a pixel of the view is multiplied with to be 0 .. 255: 1, or 255.</param>
/// <param name="Classes">What the label's keys stand for.</param>
internal sealed record LabelledPixels(DigitDataset Dataset, float Scale, KeyValues Classes)
{
    // A pixel divided by 255 and multiplied again is this close to a whole number.
    private const float Tolerance = 1e-3f;

    private const string Rule = "pixels are whole numbers of 0 to 255, or those divided by 255; leave any other normalisation to the recipe";

    /// <summary>Reads all rows that have a label.</summary>
    /// <exception cref="DigitMLException">A column is missing or of another type, no row has a label, or a value is no pixel.</exception>
    internal static LabelledPixels Read(IDataView view, string labelColumn, string pixelsColumn)
    {
        DataViewSchema.Column label = Column(view.Schema, labelColumn), pixels = Column(view.Schema, pixelsColumn);
        if (label.Type is not KeyDataViewType || label.Type.RawType != typeof(uint))
        {
            throw new DigitMLException($"Column \"{labelColumn}\" is {label.Type}, not a key of UInt32; put Transforms.Conversion.MapValueToKey(\"{labelColumn}\") before the trainer.");
        }

        int side = SideOf(pixels), size = side * side;
        float scale = ScaleOf(view, pixels);
        KeyValues classes = KeyValues.Of(label);
        var bytes = new PixelRows($"Column \"{pixelsColumn}\"", size);
        var keys = new List<int>();
        using DataViewRowCursor cursor = view.GetRowCursor([label, pixels]);
        ValueGetter<uint> getKey = cursor.GetGetter<uint>(label);
        ValueGetter<VBuffer<float>> getPixels = cursor.GetGetter<VBuffer<float>>(pixels);
        uint key = 0;
        VBuffer<float> buffer = default;
        float[] values = new float[size];
        while (cursor.MoveNext())
        {
            getKey(ref key);
            if (key == 0) continue;
            getPixels(ref buffer);
            buffer.CopyTo(values);
            int wrong = ToBytes(values, scale, bytes.Add());
            if (wrong >= 0) throw new DigitMLException($"Row {cursor.Position + 1} of column \"{pixelsColumn}\" has {values[wrong]:R} in slot {wrong}; {Rule}.");
            keys.Add((int)key - 1);
        }

        if (keys.Count == 0) throw new DigitMLException($"No row has a label in column \"{labelColumn}\"; there is nothing to learn from.");
        return new LabelledPixels(new DigitDataset($"Column \"{pixelsColumn}\"", side, side, bytes.ToArray(), [.. keys], new LabelMap(classes.Names)), scale, classes);
    }

    private static DataViewSchema.Column Column(DataViewSchema schema, string name) => schema.GetColumnOrNull(name)
        ?? throw new DigitMLException($"There is no column \"{name}\"; the columns are {string.Join(", ", schema.Select(column => column.Name))}.");

    private static int SideOf(DataViewSchema.Column pixels)
    {
        int size = pixels.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single ? vector.Size : 0;
        int side = (int)Math.Round(Math.Sqrt(size));
        return size > 0 && side * side == size ? side : throw new DigitMLException(
            $"Column \"{pixels.Name}\" is {pixels.Type}; a network takes a vector of Single of known size, as many as a square image has pixels.");
    }

    // The first value above 1 tells that pixels go up to 255.
    private static float ScaleOf(IDataView view, DataViewSchema.Column pixels)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([pixels]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(pixels);
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

    // The first slot that holds no pixel; -1 where all do.
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
