using DigitML.Engine;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>A column of images: a vector of Byte or Single.</summary>
/// <param name="Column">The column.</param>
/// <param name="IsBytes">True if pixels are bytes; they are floats otherwise.</param>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
internal sealed record PixelColumn(DataViewSchema.Column Column, bool IsBytes, int Height, int Width)
{
    private const string HeightAnnotation = "ImageHeight", WidthAnnotation = "ImageWidth";

    /// <summary>Pixels of an image.</summary>
    internal int Size => Height * Width;

    /// <summary>The annotations with the size of an image.</summary>
    internal static DataViewSchema.Annotations SizeAnnotations(int height, int width)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue(HeightAnnotation, NumberDataViewType.Int32, height);
        annotations.AddPrimitiveValue(WidthAnnotation, NumberDataViewType.Int32, width);
        return annotations.ToAnnotations();
    }

    /// <summary>Finds a column by name.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="name">The name.</param>
    /// <param name="height">Rows of an image; null to take them from the column: its annotations, the two sides of its vector, or a square.</param>
    /// <param name="width">Columns of an image, likewise.</param>
    /// <exception cref="DigitMLException">There is no such column, or its type or size is not supported.</exception>
    internal static PixelColumn Of(DataViewSchema schema, string name, int? height = null, int? width = null)
    {
        DataViewSchema.Column column = Get(schema, name);
        if (column.Type is not VectorDataViewType { IsKnownSize: true } vector || !IsPixel(vector.ItemType))
        {
            throw NotPixels(name, ColumnWords.Of(column.Type), column.Type is VectorDataViewType { IsKnownSize: false } list && IsPixel(list.ItemType));
        }

        (int rows, int columns) = height is null && width is null
            ? Annotated(column) ?? Sides(vector) ?? Square(vector.Size)
            : (height ?? vector.Size / width!.Value, width ?? vector.Size / height!.Value);
        return (long)rows * columns == vector.Size && rows > 0 ? new PixelColumn(column, vector.ItemType == NumberDataViewType.Byte, rows, columns) : throw new DigitMLException(
            $"Column \"{name}\" has {vector.Size} values per row, " + (height is null && width is null
                ? "which is not a square image; set ImageHeight and ImageWidth in the options."
                : $"which is not an image of {rows}x{columns}; correct ImageHeight and ImageWidth in the options."));
    }

    /// <summary>Finds a column by name.</summary>
    /// <exception cref="DigitMLException">There is none.</exception>
    internal static DataViewSchema.Column Get(DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name) ?? throw Missing(name, schema.Where(column => !column.IsHidden).Select(column => column.Name));

    /// <summary>Finds a column by name before there are rows.</summary>
    /// <exception cref="DigitMLException">There is none.</exception>
    internal static SchemaShape.Column Get(SchemaShape schema, string name) =>
        schema.Where(column => column.Name == name).Cast<SchemaShape.Column?>().SingleOrDefault() ?? throw Missing(name, schema.Select(column => column.Name));

    /// <summary>Checks that a column can hold images, before there are rows.</summary>
    /// <exception cref="DigitMLException">There is no such column, or its type is not supported.</exception>
    internal static void Check(SchemaShape schema, string name)
    {
        SchemaShape.Column column = Get(schema, name);
        bool isPixel = !column.IsKey && column.ItemType is PrimitiveDataViewType type && IsPixel(type);
        if (!isPixel || column.Kind != SchemaShape.Column.VectorKind.Vector)
        {
            throw NotPixels(name, ColumnWords.Of(column), isPixel && column.Kind == SchemaShape.Column.VectorKind.VariableVector);
        }
    }

    /// <summary>The factor that scales the column's values to 0 .. 255: 1 or 255.</summary>
    internal float ScaleIn(IDataView view) => IsBytes ? 1 : FloatPixels.ScaleOf(view, this);

    /// <summary>What copies the images of a row or cursor, whose column is active, as bytes.</summary>
    /// <param name="row">The row or cursor.</param>
    /// <param name="scale">The factor that scales floats to 0 .. 255; null to find it for each image.</param>
    /// <exception cref="DigitMLException">From the copying: a value is not a pixel, or the row has a different number of values than the column declares.</exception>
    internal ImageCopy CopyFrom(DataViewRow row, float? scale)
    {
        if (IsBytes) return CopyBytes(row.GetGetter<VBuffer<byte>>(Column));
        ValueGetter<VBuffer<float>> get = row.GetGetter<VBuffer<float>>(Column);
        VBuffer<float> buffer = default;
        var values = new float[Size];
        return image =>
        {
            get(ref buffer);
            Copy(buffer, values);
            FloatPixels.ToBytes(values, scale ?? FloatPixels.ScaleOf(values), image, Column.Name, row.Position);
        };
    }

    private ImageCopy CopyBytes(ValueGetter<VBuffer<byte>> get)
    {
        VBuffer<byte> buffer = default;
        return image =>
        {
            get(ref buffer);
            Copy(buffer, image);
        };
    }

    private void Copy<T>(in VBuffer<T> image, Span<T> target)
    {
        if (image.Length != Size) throw new DigitMLException($"A row of column \"{Column.Name}\" has {image.Length} values, not the {Size} that the column declares.");
        image.CopyTo(target);
    }

    private static DigitMLException Missing(string name, IEnumerable<string> columns) => new($"There is no column \"{name}\"; the columns are {string.Join(", ", columns)}.");

    private static DigitMLException NotPixels(string name, string type, bool isOnlyOfUnknownSize) => new(
        $"Column \"{name}\" is {type}; pixels must be a vector of Byte or Single of known size: " + (isOnlyOfUnknownSize
            ? "put [VectorType(784)] (height x width) on the property, or name the size where the column is loaded."
            : "join columns with Transforms.Concatenate, or convert other numbers with Transforms.Conversion.ConvertType."));

    private static bool IsPixel(PrimitiveDataViewType type) => type == NumberDataViewType.Byte || type == NumberDataViewType.Single;

    private static (int Height, int Width)? Annotated(DataViewSchema.Column column) =>
        Value(column, HeightAnnotation) is { } height && Value(column, WidthAnnotation) is { } width ? (height, width) : null;

    private static int? Value(DataViewSchema.Column column, string annotation)
    {
        if (column.Annotations.Schema.GetColumnOrNull(annotation)?.Type != NumberDataViewType.Int32) return null;
        int value = 0;
        column.Annotations.GetValue(annotation, ref value);
        return value;
    }

    // As from ExtractPixels with one colour: 1 x height x width, or height x width x 1.
    private static (int Height, int Width)? Sides(VectorDataViewType vector)
    {
        int[] sides = [.. vector.Dimensions.Where(side => side != 1)];
        return sides.Length == 2 ? (sides[0], sides[1]) : null;
    }

    private static (int Height, int Width) Square(int size)
    {
        int side = (int)Math.Round(Math.Sqrt(size));
        return (side, side);
    }
}
