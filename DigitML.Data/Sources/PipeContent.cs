using System.Collections.Concurrent;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Sources;

/// <summary>Files that can be read only once, such as <c>/dev/stdin</c>: their content is kept in a temporary file until the program ends, and read from there.</summary>
internal static class PipeContent
{
    private static readonly ConcurrentDictionary<string, Lazy<FileStream>> Kept = new(StringComparer.Ordinal);

    /// <summary>Opens a file or the kept content of a pipe, at its start.</summary>
    /// <exception cref="DigitMLException">It cannot be read.</exception>
    public static Stream Open(string path)
    {
        if (Kept.TryGetValue(path, out Lazy<FileStream>? kept)) return new FileStream(kept.Value.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        FileStream file = InputFile.Open(path);
        if (file.CanSeek) return file;
        using (file)
        {
            FileStream content = Kept.GetOrAdd(path, _ => new Lazy<FileStream>(() => Keep(path, file))).Value;
            return new FileStream(content.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
    }

    private static FileStream Keep(string path, FileStream pipe)
    {
        try
        {
            string name = Path.Combine(Path.GetTempPath(), $"digitml-{Path.GetRandomFileName()}");
            var content = new FileStream(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16, FileOptions.DeleteOnClose);
            pipe.CopyTo(content);
            content.Flush();
            return content;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Failure(path, failure);
        }
    }
}
