using System.IO.Compression;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data;

/// <summary>A data file to read, plain or gzipped; a failure is one line that names the file.</summary>
/// <param name="Path">As the user gave it.</param>
/// <param name="IsGzip">True if its content is gzip data.</param>
internal sealed record DataFile(string Path, bool IsGzip)
{
    private const int ZipMagic = 0x504B0304;

    /// <summary>The first four bytes (unzipped), big-endian; zeros if there are fewer.</summary>
    public int Magic { get; private init; }

    /// <summary>Looks at a file's first bytes.</summary>
    /// <exception cref="DigitMLException">There is no such file, it is empty, or its content does not match its name.</exception>
    public static DataFile Find(string path)
    {
        int magic = new DataFile(path, IsGzip: false).ReadMagic();
        bool isGzip = magic >>> 16 == 0x1F8B;
        if (magic == ZipMagic) throw new DigitMLException($"{path} is a zip archive; unpack it and name the file inside.");
        if (!isGzip && path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            throw new DigitMLException($"{path} is not gzip data, although its name ends in .gz; rename it or download it again.");
        }

        var file = new DataFile(path, isGzip);
        return isGzip ? file with { Magic = file.ReadMagic() } : file with { Magic = magic };
    }

    /// <summary>Reads the content from its start.</summary>
    /// <param name="read">Gets the unpacked bytes.</param>
    /// <exception cref="DigitMLException">The file cannot be read, or its gzip data is damaged.</exception>
    public T Read<T>(Func<Stream, T> read)
    {
        using FileStream file = InputFile.Open(Path);
        try
        {
            if (!IsGzip) return read(file);
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            return read(unpacked);
        }
        catch (InvalidDataException failure)
        {
            throw new DigitMLException($"{Path}: the gzip data is truncated or damaged; download the file again.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Failure(Path, failure);
        }
    }

    private int ReadMagic() => Read(stream =>
    {
        Span<byte> first = stackalloc byte[4];
        first.Clear();
        int length = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        if (length == 0) throw new DigitMLException($"{Path} is empty; it must contain rows of pixels.");
        return System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(first);
    });
}
