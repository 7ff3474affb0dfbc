using Parquet.Schema;

namespace DigitML.Data.Columnar;

/// <summary>A column of a Parquet file.</summary>
/// <param name="Name">Its name; of a picture with a path beside it, as Hugging Face has them, the name of both.</param>
/// <param name="Field">Where its values are.</param>
/// <param name="Kind">What its values are.</param>
internal sealed record ParquetColumn(string Name, DataField Field, ParquetKind Kind)
{
    /// <summary>The columns of a field: none where its values are of no use.</summary>
    public static IEnumerable<ParquetColumn> Of(Field field) => field switch
    {
        DataField data when KindOf(data) is { } kind => [new ParquetColumn(data.Name, data, data.MaxRepetitionLevel > 0 ? ListOf(kind) : kind)],
        ListField list when ItemOf(list) is { } item && KindOf(item) is ParquetKind.Numbers => [new ParquetColumn(list.Name, item, ParquetKind.Lists)],
        StructField group when group.Fields.OfType<DataField>().FirstOrDefault(part => KindOf(part) == ParquetKind.Bytes) is { } bytes => [new ParquetColumn(group.Name, bytes, ParquetKind.Bytes)],
        StructField group => group.Fields.SelectMany(Of).Select(column => column with { Name = $"{group.Name}.{column.Name}" }),
        _ => [],
    };

    private static ParquetKind ListOf(ParquetKind kind) => kind == ParquetKind.Numbers ? ParquetKind.Lists : ParquetKind.Other;

    // Lists of lists are the rows of images.
    private static DataField? ItemOf(ListField list) => list.Item switch
    {
        DataField item => item,
        ListField inner => ItemOf(inner),
        _ => null,
    };

    private static ParquetKind? KindOf(DataField field) =>
        field.ClrType == typeof(ReadOnlyMemory<char>) || field.ClrType == typeof(string) ? ParquetKind.Texts
        : field.ClrType == typeof(ReadOnlyMemory<byte>) || field.ClrType == typeof(byte[]) ? ParquetKind.Bytes
        : ParquetValues.AreNumbers(field.ClrType) ? ParquetKind.Numbers
        : null;
}

/// <summary>What the values of a column are.</summary>
internal enum ParquetKind
{
    /// <summary>Numbers.</summary>
    Numbers,

    /// <summary>Texts.</summary>
    Texts,

    /// <summary>Bytes: pictures, or texts that the file does not mark as such.</summary>
    Bytes,

    /// <summary>Lists of numbers.</summary>
    Lists,

    /// <summary>Of no use.</summary>
    Other,
}
