using DigitML.Engine;
using Microsoft.Win32.SafeHandles;

namespace DigitML.Model.Files;

/// <summary>Reads whole files and streams; failures become one line that names the file.</summary>
internal static class InputFile
{
    private const int SmallestBuffer = 1 << 16, LargestFirstBuffer = 1 << 26;

    private delegate int ReadBytes(Span<byte> buffer, long offset);

    /// <summary>Reads a file. Memory is allocated for what the file contains, never for what it claims to contain.</summary>
    /// <exception cref="DigitMLException">There is no such file, it is empty or too large, or permission to read it is denied.</exception>
    internal static byte[] Read(string path, long maximumBytes)
    {
        CheckName(path);
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            return Read((buffer, offset) => RandomAccess.Read(file, buffer, offset), new FileInfo(path).Length, path, maximumBytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Failure(path, failure);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="DigitMLException">It is empty or too large.</exception>
    internal static byte[] Read(Stream stream, string name, long maximumBytes) => Read((buffer, _) => stream.Read(buffer), 0, name, maximumBytes);

    /// <summary>Opens a file to read it from its start.</summary>
    /// <exception cref="DigitMLException">There is no such file, or permission to read it is denied.</exception>
    internal static FileStream Open(string path)
    {
        CheckName(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Failure(path, failure);
        }
    }

    /// <summary>A system error about a file as a message of one line.</summary>
    internal static DigitMLException Failure(string path, Exception failure) => new(failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"{path}: there is no such file; check the path.",
        UnauthorizedAccessException => $"{path} cannot be read: permission is denied.",
        _ => $"{path} cannot be read: {failure.Message.Split(" : '", 2)[0].TrimEnd('.')}.",
    }, failure);

    private static void CheckName(string path)
    {
        if (path.Length == 0) throw new DigitMLException("The name of a file to read is empty; name a file.");
        if (Directory.Exists(path)) throw new DigitMLException($"{path} is a folder; name a file in it.");
    }

    // The expected length only saves copies: a pipe has none, and a file can grow while it is read.
    private static byte[] Read(ReadBytes read, long expected, string name, long maximumBytes)
    {
        byte[] content = GC.AllocateUninitializedArray<byte>((int)Math.Clamp(expected, SmallestBuffer, LargestFirstBuffer));
        byte[] beyond = new byte[1];
        int length = 0;
        while (true)
        {
            bool isFull = length == content.Length;
            int count = read(isFull ? beyond : content.AsSpan(length), length);
            if (count == 0) break;
            if (length + count > maximumBytes)
            {
                throw new DigitMLException($"{name} is larger than {maximumBytes >> 20} MB; DigitML does not read files of that size here.");
            }

            if (isFull)
            {
                Array.Resize(ref content, (int)Math.Min(2L * length, maximumBytes));
                content[length] = beyond[0];
            }

            length += count;
        }

        if (length == 0) throw new DigitMLException($"{name} is empty.");
        Array.Resize(ref content, length);
        return content;
    }
}
