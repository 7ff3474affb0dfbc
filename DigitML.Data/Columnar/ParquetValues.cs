using System.Globalization;
using System.Numerics;
using System.Text;
using Parquet.Data;
using Parquet.Schema;

namespace DigitML.Data.Columnar;

/// <summary>The values of a column in a group of rows.</summary>
internal sealed class ParquetValues
{
    private readonly double[]? numbers;
    private readonly string?[]? texts;
    private readonly byte[]?[]? bytes;
    private readonly int[]? starts;

    private ParquetValues(double[]? numbers, string?[]? texts, byte[]?[]? bytes, int[]? starts) => (this.numbers, this.texts, this.bytes, this.starts) = (numbers, texts, bytes, starts);

    /// <summary>True for a type of numbers that are read.</summary>
    public static bool AreNumbers(Type type) => Type.GetTypeCode(type) is >= TypeCode.Boolean and <= TypeCode.Decimal and not TypeCode.Char;

    /// <summary>Copies what Parquet.Net has read.</summary>
    /// <param name="raw">The values that are there, and the levels that say where they belong.</param>
    /// <param name="field">The column.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="most">The largest number of rows that are wanted, of columns that hold no lists.</param>
    /// <param name="buffer">Takes the numbers if it is long enough; a new array otherwise.</param>
    public static ParquetValues Of(RawColumnData raw, DataField field, int rows, int most = int.MaxValue, double[]? buffer = null)
    {
        ReadOnlySpan<int> levels = field.MaxDefinitionLevel > 0 ? raw.DefinitionLevels : default;
        int[]? starts = field.MaxRepetitionLevel > 0 ? StartsOf(raw.RepetitionLevels, levels, field.MaxDefinitionLevel, rows) : null;
        if (starts is not null) levels = default;
        if (!levels.IsEmpty && levels.Length != rows) throw new InvalidDataException();
        int count = starts is null ? Math.Min(rows, most) : starts[^1];
        return raw switch
        {
            RawColumnData<ReadOnlyMemory<char>> chars => new ParquetValues(null, Placed(chars.Values, levels, field, count, text => text.ToString(), null), null, starts),
            RawColumnData<ReadOnlyMemory<byte>> blobs => new ParquetValues(null, null, Placed(blobs.Values, levels, field, count, blob => blob.ToArray(), null), starts),
            RawColumnData<bool> flags => new ParquetValues(Placed(flags.Values, levels, field, count, flag => flag ? 1.0 : 0, double.NaN, buffer), null, null, starts),
            RawColumnData<byte> values => Numbers(values),
            RawColumnData<sbyte> values => Numbers(values),
            RawColumnData<short> values => Numbers(values),
            RawColumnData<ushort> values => Numbers(values),
            RawColumnData<int> values => Numbers(values),
            RawColumnData<uint> values => Numbers(values),
            RawColumnData<long> values => Numbers(values),
            RawColumnData<ulong> values => Numbers(values),
            RawColumnData<float> values => Numbers(values),
            RawColumnData<double> values => Numbers(values),
            RawColumnData<decimal> values => Numbers(values),
            _ => throw new NotSupportedException(),
        };

        ParquetValues Numbers<T>(RawColumnData<T> values)
            where T : struct, INumberBase<T> =>
            new(Placed(values.Values, starts is null && field.MaxDefinitionLevel > 0 ? raw.DefinitionLevels : default, field, count, double.CreateChecked, double.NaN, buffer), null, null, starts);
    }

    /// <summary>The number of a row; NaN for none.</summary>
    public double Number(int row) => numbers![row];

    /// <summary>The numbers of the first rows.</summary>
    public ReadOnlySpan<double> Numbers(int rows) => numbers.AsSpan(0, rows);

    /// <summary>The numbers of the list of a row.</summary>
    public ReadOnlySpan<double> List(int row) => numbers.AsSpan(starts![row], starts[row + 1] - starts[row]);

    /// <summary>The bytes of a row; null for none.</summary>
    public byte[]? Bytes(int row) => bytes![row];

    /// <summary>A value as the text that a text table would have; empty for none.</summary>
    public string Text(int row) => numbers is not null ? double.IsNaN(numbers[row]) ? "" : numbers[row].ToString("R", CultureInfo.InvariantCulture)
        : texts is not null ? texts[row] ?? "" : bytes![row] is { } text ? Encoding.UTF8.GetString(text) : "";

    // Parquet.Net has the values that are there one after the other, without gaps for those that are missing.
    private static TTo[] Placed<TFrom, TTo>(ReadOnlySpan<TFrom> values, ReadOnlySpan<int> levels, DataField field, int count, Func<TFrom, TTo> convert, TTo missing, TTo[]? buffer = null)
    {
        TTo[] placed = buffer is not null && buffer.Length >= count ? buffer : new TTo[count];
        int next = 0;
        for (int i = 0; i < count; i++) placed[i] = levels.IsEmpty || levels[i] == field.MaxDefinitionLevel ? convert(values[next++]) : missing;
        return placed;
    }

    private static int[] StartsOf(ReadOnlySpan<int> repetitions, ReadOnlySpan<int> levels, int present, int rows)
    {
        var starts = new int[rows + 1];
        int row = -1, count = 0;
        for (int i = 0; i < repetitions.Length; i++)
        {
            if (repetitions[i] == 0) starts[++row] = count;
            if (levels.IsEmpty || levels[i] == present) count++;
        }

        if (row != rows - 1) throw new InvalidDataException();
        starts[rows] = count;
        return starts;
    }
}
