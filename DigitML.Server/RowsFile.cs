using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace DigitML.Server;

/// <summary>The file of rows in a request, received into its own temporary folder and unpacked there; disposing it deletes the folder.</summary>
internal sealed class RowsFile : IDisposable
{
    // A gzipped file, sent with content coding gzip.
    private const int MostLayers = 2;

    private readonly string folder = Directory.CreateTempSubdirectory("digitml-rows-").FullName;

    /// <summary>The file.</summary>
    internal string Path => System.IO.Path.Combine(folder, "rows.csv");

    /// <summary>Receives the file.</summary>
    /// <exception cref="RequestRefusedException">It is too large (413), not received in time (408), or in an unsupported coding (415).</exception>
    internal async Task ReceiveAsync(HttpRequest request, long maxBytes, CancellationToken cancellation)
    {
        await using FileStream file = File.Create(Path);
        await RequestBody.CopyAsync(request, file, maxBytes, cancellation);
    }

    /// <summary>Unpacks the file if it is gzip data, whatever the headers say.</summary>
    /// <param name="maxBytes">Maximum unpacked size in bytes; it is checked while unpacking.</param>
    /// <param name="cancellation">Cancels the unpacking.</param>
    /// <exception cref="RequestRefusedException">It unpacks to more (413), or its gzip data is damaged (400).</exception>
    internal void Unpack(long maxBytes, CancellationToken cancellation)
    {
        for (int layer = 0; IsGzip(); layer++)
        {
            if (layer == MostLayers) throw new RequestRefusedException(StatusCodes.Status400BadRequest, "The body is gzip data inside gzip data; compress the file once.");
            string packed = System.IO.Path.Combine(folder, "packed.gz");
            File.Move(Path, packed);
            UnpackTo(packed, maxBytes, cancellation);
            File.Delete(packed);
        }
    }

    /// <summary>The message of a failure to read the file, without its temporary folder.</summary>
    internal string WithoutFolder(string message) => message.Replace(Path, "rows.csv", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private bool IsGzip()
    {
        using FileStream file = File.OpenRead(Path);
        return file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
    }

    private void UnpackTo(string packed, long maxBytes, CancellationToken cancellation)
    {
        using var unpacked = new GZipStream(File.OpenRead(packed), CompressionMode.Decompress);
        using FileStream file = File.Create(Path);
        byte[] buffer = new byte[1 << 16];
        long length = 0;
        try
        {
            while (unpacked.Read(buffer) is > 0 and int count)
            {
                cancellation.ThrowIfCancellationRequested();
                length += count;
                if (length > maxBytes) throw RequestBody.TooLarge("The unpacked body", maxBytes);
                file.Write(buffer, 0, count);
            }
        }
        catch (InvalidDataException)
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, "The gzip data of the body is truncated or damaged; send it again.");
        }
    }
}
