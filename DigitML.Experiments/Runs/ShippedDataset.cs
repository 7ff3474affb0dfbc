using System.Collections.Immutable;
using DigitML.Engine;
using DigitML.Engine.Files;

namespace DigitML.Experiments.Runs;

/// <summary>A data set that comes with the program, and copies of its files elsewhere.</summary>
/// <param name="Name">The name that commands use.</param>
/// <param name="Description">What it holds, in a few words, with its licence.</param>
/// <param name="Training">Name of the file to train on.</param>
/// <param name="Test">Name of the file to test with.</param>
/// <param name="License">Name of the file that states authors and licence.</param>
internal sealed record ShippedDataset(string Name, string Description, string Training, string Test, string License)
{
    /// <summary>All of them.</summary>
    internal static ImmutableArray<ShippedDataset> All { get; } =
    [
        new("mnist", "70,000 handwritten digits of 28x28 pixels (CC BY-SA 3.0)", "mnist-train.csv.gz", "mnist-test.csv.gz", "mnist-license.txt"),
    ];

    /// <summary>Names of its files.</summary>
    internal string[] Files => [Training, Test, License];

    /// <summary>Copies its files. A file with the same content stays as it is; nothing is written where a file with other content has one of the names.</summary>
    /// <param name="folder">Where to; it is created if it does not exist.</param>
    /// <returns>The copies, in the order of <see cref="Files"/>.</returns>
    /// <exception cref="DigitMLException">Another file is in the way, a file cannot be written, or the program's own files are missing.</exception>
    internal IReadOnlyList<DataCopy> CopyTo(string folder)
    {
        string source = SourceFolder();
        DataCopy[] copies = [.. Files.Select(file => Plan(Path.Combine(source, file), Path.Combine(folder, file)))];
        foreach (DataCopy copy in copies.Where(copy => copy.IsNew))
        {
            AtomicFile.Write(copy.File, stream =>
            {
                using FileStream original = File.OpenRead(Path.Combine(source, Path.GetFileName(copy.File)));
                original.CopyTo(stream);
            });
        }

        return copies;
    }

    private string SourceFolder() =>
        DefaultData.ProgramFolders().FirstOrDefault(folder => Files.All(file => File.Exists(Path.Combine(folder, file))))
        ?? throw new DigitMLException($"The files of {Name} are not in the folder \"data\" beside the program; install the program again.");

    private static DataCopy Plan(string source, string target)
    {
        var original = new FileInfo(source);
        bool exists = Path.Exists(target);
        if (exists && !HaveSameContent(original, new FileInfo(target)))
        {
            throw new DigitMLException($"{target} already exists with other content; choose another --out, or move it away.");
        }

        return new DataCopy(target, original.Length, !exists);
    }

    private static bool HaveSameContent(FileInfo a, FileInfo b) =>
        b.Exists && a.Length == b.Length && File.ReadAllBytes(a.FullName).AsSpan().SequenceEqual(File.ReadAllBytes(b.FullName));
}

/// <summary>A copy of a file of a data set.</summary>
/// <param name="File">Its path.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="IsNew">True if it was written now; false if it was already there.</param>
internal sealed record DataCopy(string File, long Bytes, bool IsNew);
