using DigitML.Engine;

namespace DigitML.Model.Files;

/// <summary>Reads whole files and streams; what goes wrong becomes one line that names the file.</summary>
internal static class InputFile
{
    /// <summary>Reads a file. Memory is taken for what the file holds, never for what it says it holds.</summary>
    /// <exception cref="DigitMLException">There is no such file, it is empty or too large, or it may not be read.</exception>
    internal static byte[] Read(string path, long maximumBytes)
    {
        if (path.Length == 0) throw new DigitMLException("A file to read has an empty name; name it.");
        if (Directory.Exists(path)) throw new DigitMLException($"{path} is a folder; name a file in it.");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return Read(stream, path, maximumBytes);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DigitMLException($"{path}: there is no such file; check the path.", failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new DigitMLException($"{path} cannot be read: permission is denied.", failure);
        }
        catch (Exception failure) when (failure is IOException or NotSupportedException or ArgumentException)
        {
            throw new DigitMLException($"{path} cannot be read: {failure.Message.Split(" : '", 2)[0].TrimEnd('.')}.", failure);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="DigitMLException">It is empty or too large.</exception>
    internal static byte[] Read(Stream stream, string name, long maximumBytes)
    {
        using var content = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            if (content.Length + read > maximumBytes)
            {
                throw new DigitMLException($"{name} is larger than {maximumBytes >> 20} MB; DigitML does not read files of that size here.");
            }

            content.Write(buffer, 0, read);
        }

        return content.Length > 0 ? content.ToArray() : throw new DigitMLException($"{name} is empty.");
    }
}
