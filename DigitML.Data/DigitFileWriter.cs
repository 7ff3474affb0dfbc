using DigitML.Data.Writers;
using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Data;

/// <summary>Writes a dataset in the format that the name of the file asks for: CSV, an IDX pair, numpy's .npz, Parquet.</summary>
internal static class DigitFileWriter
{
    /// <summary>The names that ask for a format, for messages.</summary>
    public const string Names = "its name must end in .csv, .csv.gz, .npz or .parquet, or be that of IDX images, such as train-images-idx3-ubyte";

    /// <summary>True if a name asks for a format.</summary>
    public static bool IsKnown(string path) => WriterOf(path) is not null;

    /// <summary>The files that are written for a path: the labels of an IDX pair too.</summary>
    public static IReadOnlyList<string> FilesOf(string path) => IdxWriter.LabelsFile(path) is { } labels ? [path, labels] : [path];

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="DigitMLException">It cannot be written, no format has such a name, or the format cannot hold the rows.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static void Write(string path, DigitDataset dataset, CancellationToken cancellation) =>
        (WriterOf(path) ?? throw new DigitMLException($"The file to write is \"{path}\"; {Names}."))(path, dataset, cancellation);

    private static Action<string, DigitDataset, CancellationToken>? WriterOf(string path) =>
        EndsWith(path, ".csv") || EndsWith(path, ".csv.gz") ? CsvDigitWriter.Write
        : EndsWith(path, ".npz") ? NpzWriter.Write
        : EndsWith(path, ".parquet") ? ParquetDigitWriter.Write
        : IdxWriter.LabelsFile(path) is not null ? IdxWriter.Write
        : null;

    private static bool EndsWith(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
