using System.IO.Compression;
using DigitML.Engine;
using DigitML.Engine.Files;

namespace DigitML.Data.Writers;

/// <summary>Writes a file atomically, gzipped (smallest size, no timestamp) if its name ends in .gz.</summary>
internal static class PackedFile
{
    /// <summary>Writes the file; missing folders are created, an existing file is replaced.</summary>
    /// <exception cref="DigitMLException">It cannot be written.</exception>
    public static void Write(string path, Action<Stream> write) => AtomicFile.Write(path, stream =>
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            write(stream);
            return;
        }

        using var packed = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        write(packed);
    });
}
