using DigitML.Data.Sources;
using DigitML.Engine;
using Parquet;

namespace DigitML.Data.Columnar;

/// <summary>An open Parquet file and its columns.</summary>
internal sealed class ParquetFile : IDisposable
{
    // A damaged footer can hold counts that Parquet.Net follows without end.
    private static readonly TimeSpan LongestOpening = TimeSpan.FromSeconds(20);

    private readonly Parquet.ParquetReader reader;
    private readonly CancellationToken cancellation;
    private double[] buffer = [];

    private ParquetFile(Parquet.ParquetReader reader, CancellationToken cancellation)
    {
        (this.reader, this.cancellation) = (reader, cancellation);
        Columns = [.. reader.Schema.Fields.SelectMany(ParquetColumn.Of)];
    }

    /// <summary>The columns that may be of use: numbers, texts, bytes, and lists of numbers.</summary>
    public IReadOnlyList<ParquetColumn> Columns { get; }

    /// <summary>The number of rows of each group of rows.</summary>
    public IReadOnlyList<long> GroupRows => [.. reader.RowGroups.Select(group => group.RowCount)];

    /// <summary>True for a Parquet file.</summary>
    public static bool IsOne(DataFile file) => file.Magic == 0x50415231;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DigitMLException">It cannot be read or is damaged.</exception>
    public static T Read<T>(DataFile file, Func<ParquetFile, T> read, CancellationToken cancellation) => file.Read(content =>
    {
        // Parquet is read from its end; what an archive holds is read from its start.
        using Stream stream = content.CanSeek ? content : Unpacked(content);
        CheckFooter(file, stream);
        try
        {
            Parquet.ParquetReader reader = Task.Run(() => Parquet.ParquetReader.CreateAsync(stream, new ParquetOptions { TreatByteArrayAsString = false }, leaveStreamOpen: true, cancellation), cancellation)
                .WaitAsync(LongestOpening, cancellation).GetAwaiter().GetResult();
            using var opened = new ParquetFile(reader, cancellation);
            return read(opened);
        }
        catch (Exception failure) when (failure is not (DigitMLException or OperationCanceledException or OutOfMemoryException))
        {
            // Parquet.Net leaves most of what a damaged file can hold to the runtime.
            throw Damaged(file, failure);
        }
    });

    /// <summary>The values of a column in a group of rows.</summary>
    public ParquetValues Values(int group, ParquetColumn column) => Read(group, column, (values, rows) => ParquetValues.Of(values, column.Field, rows));

    /// <summary>The first values of a column in a group of rows, and all of them if they are numbers.</summary>
    public (ParquetValues First, NumberColumn? Numbers) Values(int group, ParquetColumn column, int most) => Read(group, column, (values, rows) =>
        (ParquetValues.Of(values, column.Field, rows, most), column.Kind == ParquetKind.Numbers ? NumbersOf(values, column, rows) : null));

    /// <summary>The numbers of a column in a group of rows.</summary>
    public NumberColumn Numbers(int group, ParquetColumn column) => Read(group, column, (values, rows) => NumbersOf(values, column, rows));

    private NumberColumn NumbersOf(Parquet.Data.RawColumnData values, ParquetColumn column, int rows)
    {
        if (buffer.Length < rows) buffer = new double[rows];
        return new NumberColumn(ParquetValues.Of(values, column.Field, rows, buffer: buffer).Numbers(rows));
    }

    private T Read<T>(int group, ParquetColumn column, Func<Parquet.Data.RawColumnData, int, T> read)
    {
        using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
        using Parquet.Data.RawColumnData values = rows.ReadRawColumnDataBaseAsync(column.Field, cancellation).AsTask().GetAwaiter().GetResult();
        return read(values, checked((int)rows.RowCount));
    }

    /// <inheritdoc/>
    public void Dispose() => reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static MemoryStream Unpacked(Stream content)
    {
        var memory = new MemoryStream();
        content.CopyTo(memory);
        return memory;
    }

    private static void CheckFooter(DataFile file, Stream stream)
    {
        Span<byte> end = stackalloc byte[8];
        if (stream.Length >= 12)
        {
            stream.Position = stream.Length - 8;
            stream.ReadExactly(end);
            stream.Position = 0;
            uint length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(end);
            if (end[4..].SequenceEqual("PAR1"u8) && length > 0 && length <= stream.Length - 12) return;
        }

        throw Damaged(file, new InvalidDataException());
    }

    private static DigitMLException Damaged(DataFile file, Exception failure) =>
        new($"{file.Name} is a damaged Parquet file, or one of a kind that is not read; save or download it again, or save it as CSV: pandas.read_parquet(...).to_csv(..., index=False).", failure);
}
