using System.Formats.Tar;
using System.IO.Compression;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Sources;

/// <summary>A data file to read: a file, or a file in an archive, plain or gzipped; a failure is one line that names it.</summary>
internal sealed class DataFile
{
    private const int HeadBytes = 512;

    private readonly ArchiveKind archive;
    private readonly bool isPacked;
    private byte[] head = [];

    private DataFile(string path, string? entry, ArchiveKind archive, bool isPacked) =>
        (Path, Entry, this.archive, this.isPacked) = (path, entry, archive, isPacked);

    /// <summary>The file, or the archive that holds it, as the user gave it.</summary>
    public string Path { get; }

    /// <summary>The file in the archive; null outside archives.</summary>
    public string? Entry { get; }

    /// <summary>What the file is called in messages, and as the user can name it: <c>digits.zip:train.csv</c>.</summary>
    public string Name => Entry is null ? Path : $"{Path}:{Entry}";

    /// <summary>True for an archive, or a file in one.</summary>
    public bool IsInArchive => archive != ArchiveKind.None;

    /// <summary>True if the content itself is gzip data.</summary>
    public bool IsGzip { get; private init; }

    /// <summary>The first bytes of the content, unpacked; at most 512.</summary>
    public ReadOnlySpan<byte> Head => head;

    /// <summary>The first four bytes, big-endian; zeros if there are fewer.</summary>
    public int Magic
    {
        get
        {
            Span<byte> four = stackalloc byte[4];
            four.Clear();
            Head[..Math.Min(4, head.Length)].CopyTo(four);
            return System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(four);
        }
    }

    /// <summary>Finds a file: <c>train.csv</c>, <c>digits.zip</c> with one file in it, or <c>digits.zip:train.csv</c>.</summary>
    /// <exception cref="DigitMLException">There is no such file, it is empty, its content does not match its name, or an archive holds several files.</exception>
    public static DataFile Find(string path)
    {
        (string file, string? entry) = Split(path);
        DataFile whole = Whole(file);
        if (entry is not null) return whole.At(ArchiveEntries.Named(whole.Path, whole.Entries(), entry));
        if (whole.archive == ArchiveKind.None) return whole;
        return whole.IsArrays ? whole : whole.At(ArchiveEntries.Only(whole.Path, whole.Entries()));
    }

    /// <summary>True for numpy's archive of arrays.</summary>
    public bool IsArrays => archive == ArchiveKind.Zip && Entry is null && Entries() is { Count: > 0 } entries && entries.All(entry => entry.EndsWith(".npy", StringComparison.Ordinal));

    /// <summary>Another file in the same archive.</summary>
    /// <exception cref="DigitMLException">It cannot be read.</exception>
    public DataFile At(string entry)
    {
        var found = new DataFile(Path, entry, archive, isPacked);
        found.head = found.ReadHead();
        if (found.Magic >>> 16 != 0x1F8B) return found;
        var packed = new DataFile(Path, entry, archive, isPacked) { IsGzip = true };
        packed.head = packed.ReadHead();
        return packed;
    }

    /// <summary>The file beside this one, in the same folder or archive, that <paramref name="choose"/> picks from the names; null for none.</summary>
    public DataFile? Beside(Func<string, IReadOnlyList<string>, string?> choose)
    {
        if (Entry is not null) return choose(Entry, Entries()) is { } entry ? At(entry) : null;
        string folder = System.IO.Path.GetDirectoryName(Path) ?? "";
        string[] names = Directory.Exists(folder.Length == 0 ? "." : folder) && File.Exists(Path)
            ? [.. Directory.EnumerateFiles(folder.Length == 0 ? "." : folder).Select(file => System.IO.Path.GetFileName(file))] : [];
        return choose(System.IO.Path.GetFileName(Path), names) is { } name ? Find(System.IO.Path.Combine(folder, name)) : null;
    }

    /// <summary>The names of the files in the archive; none outside archives.</summary>
    /// <exception cref="DigitMLException">The archive is damaged.</exception>
    public IReadOnlyList<string> Entries() => ReadEntries(entries => entries.Select(entry => entry.Name).ToArray());

    /// <summary>Reads files of the archive in one pass, in the order in which it has them; none outside archives.</summary>
    /// <param name="read">Gets their names and contents; a content is opened before the next file is asked for.</param>
    /// <exception cref="DigitMLException">The archive is damaged.</exception>
    public T ReadEntries<T>(Func<IEnumerable<ArchiveEntry>, T> read) => archive == ArchiveKind.None ? read([]) : Guarded(file => read(EntriesOf(file)));

    /// <summary>Reads the content from its start.</summary>
    /// <param name="read">Gets the unpacked bytes.</param>
    /// <exception cref="DigitMLException">The file cannot be read, or its packed data is damaged.</exception>
    public T Read<T>(Func<Stream, T> read) => Guarded(file => Entry is null ? ReadContent(file, read) : ReadEntry(file, read));

    private IEnumerable<ArchiveEntry> EntriesOf(Stream file)
    {
        if (archive == ArchiveKind.Zip)
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                if (!entry.FullName.EndsWith('/')) yield return new ArchiveEntry(entry.FullName, entry.Open);
            }

            yield break;
        }

        using Stream content = isPacked ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var tar = new TarReader(content);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data) yield return new ArchiveEntry(entry.Name, () => data);
        }
    }

    private T ReadEntry<T>(Stream file, Func<Stream, T> read)
    {
        foreach (ArchiveEntry entry in EntriesOf(file))
        {
            if (entry.Name != Entry) continue;
            using Stream content = entry.Open();
            return ReadContent(content, read);
        }

        throw new InvalidDataException();
    }

    private T ReadContent<T>(Stream content, Func<Stream, T> read)
    {
        if (!IsGzip) return read(content);
        using var unpacked = new GZipStream(content, CompressionMode.Decompress);
        return read(unpacked);
    }

    private T Guarded<T>(Func<Stream, T> read)
    {
        using Stream file = PipeContent.Open(Path);
        try
        {
            return read(file);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException or NotSupportedException or FormatException or OverflowException)
        {
            string kind = archive switch
            {
                ArchiveKind.Zip => "the zip archive is damaged or encrypted",
                ArchiveKind.Tar => "the tar archive is truncated or damaged",
                _ => "the gzip data is truncated or damaged",
            };
            throw new DigitMLException($"{Path}: {kind}; download the file again.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Failure(Path, failure);
        }
    }

    /// <summary>Takes <c>a.zip:b.csv</c> apart, unless a file has that very name.</summary>
    public static (string File, string? Entry) Split(string path)
    {
        int colon = path.LastIndexOf(':');
        bool isEntry = colon > 0 && colon < path.Length - 1 && !System.IO.Path.Exists(path) && File.Exists(path[..colon]);
        return isEntry ? (path[..colon], path[(colon + 1)..]) : (path, null);
    }

    /// <summary>A file as it is: an archive is not looked into.</summary>
    /// <exception cref="DigitMLException">There is no such file, it is empty, or its content does not match its name.</exception>
    public static DataFile Whole(string path)
    {
        var plain = new DataFile(path, null, ArchiveKind.None, isPacked: false);
        plain.head = plain.ReadHead();
        if (plain.Magic is 0x504B0304 or 0x504B0506) return new DataFile(path, null, ArchiveKind.Zip, isPacked: false) { head = plain.head };
        if (IsTar(plain.Head)) return new DataFile(path, null, ArchiveKind.Tar, isPacked: false);
        if (plain.Magic >>> 16 != 0x1F8B)
        {
            if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return plain;
            throw new DigitMLException($"{path} is not gzip data, although its name ends in .gz; rename it or download it again.");
        }

        var packed = new DataFile(path, null, ArchiveKind.None, isPacked: false) { IsGzip = true };
        packed.head = packed.ReadHead();
        return IsTar(packed.Head) ? new DataFile(path, null, ArchiveKind.Tar, isPacked: true) : packed;
    }

    private static bool IsTar(ReadOnlySpan<byte> head) => head.Length >= 262 && head[257..262].SequenceEqual("ustar"u8);

    private byte[] ReadHead() => Read(stream =>
    {
        var first = new byte[HeadBytes];
        int length = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        return length > 0 ? first[..length] : throw new DigitMLException($"{Name} is empty; it must contain rows of pixels.");
    });

    private enum ArchiveKind
    {
        None,
        Zip,
        Tar,
    }
}
