using System.Security.Cryptography;
using System.Text;
using DigitML.Data.Pictures;
using DigitML.Engine;

namespace DigitML.Data;

/// <summary>A checksum of what a path leads to, which tells whether it has changed.</summary>
internal static class InputChecksum
{
    /// <summary>SHA-256 in lower-case hex: of the bytes of a file; of a folder, over the name (UTF-8, terminated by a zero byte) and the SHA-256 of each picture in it, in their order.</summary>
    /// <exception cref="DigitMLException">It cannot be read.</exception>
    public static string Of(string path)
    {
        if (Directory.Exists(path)) return OfFolder(path);
        try
        {
            using FileStream stream = File.OpenRead(DigitFiles.ContainerOf(path));
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DigitMLException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static string OfFolder(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string file, byte[] content) in PictureSet.AllIn(path))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file + "\0"));
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
