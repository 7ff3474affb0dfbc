using System.Text;

namespace DigitML.Engine.Files;

/// <summary>Writes files that appear whole or not at all: each is written under a temporary name beside the target, flushed to disk and renamed, and the rename is flushed too.</summary>
internal static class AtomicFile
{
    // errno of Linux and macOS, and HRESULTs of Windows.
    private static readonly int[] DiskFullCodes = [28, 69, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];
    private static readonly int[] ReadOnlyCodes = [30, unchecked((int)0x80070013)];

    /// <summary>Writes a file through a stream. Missing folders are created; an existing file is replaced only once everything is written.</summary>
    /// <param name="path">The file. A device, a pipe or a file that is already open (/dev/null, /dev/stdout) is written in place.</param>
    /// <param name="write">Writes the content; if it throws, no partial file is left and an existing one stays.</param>
    /// <exception cref="DigitMLException">The file cannot be written, because of its folder, its permissions or a full disk.</exception>
    public static void Write(string path, Action<Stream> write) => Explained(path, () =>
    {
        if (IsWrittenInPlace(path)) WriteInPlace(path, write);
        else WriteThenRename(path, write);
    });

    /// <summary>Throws if a file cannot be written, so that this is known before the work whose result it will hold. Nothing is created.</summary>
    /// <exception cref="DigitMLException">The file cannot be written, because of its folder or its permissions.</exception>
    public static void Check(string path) => Explained(path, () =>
    {
        if (IsWrittenInPlace(path)) return;
        string target = TargetOf(path), folder = Path.GetDirectoryName(target)!;
        while (!Directory.Exists(folder) && !File.Exists(folder)) folder = Path.GetDirectoryName(folder)!;
        new FileStream(TemporaryIn(folder, target), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
    });

    /// <summary>Writes text as UTF-8 without a byte-order mark.</summary>
    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public static void WriteText(string path, string text) => WriteBytes(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public static void WriteBytes(string path, byte[] content) => Write(path, stream => stream.Write(content));

    // /dev/stdout links to /proc/self/fd/1, and that to whatever is open there. If that is a file, replacing it would leave its other users writing to the old one.
    private static bool IsOpenFile(string path)
    {
        string name = new FileInfo(path).LinkTarget is { } target && target.StartsWith("/proc/", StringComparison.Ordinal) ? target : Path.GetFullPath(path);
        return name.StartsWith("/proc/", StringComparison.Ordinal) && name.Contains("/fd/", StringComparison.Ordinal);
    }

    private static bool IsWrittenInPlace(string path) => FileSystemCalls.IsDeviceOrPipe(path) || IsOpenFile(path);

    private static void Explained(string path, Action action)
    {
        if (path.Length == 0) throw new DigitMLException("The output file has an empty name; give it a name.");
        try
        {
            action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DigitMLException($"{path} cannot be written: {Reason(path, failure)}.", failure);
        }
    }

    // A rename would replace a link itself.
    private static string TargetOf(string path)
    {
        string target = FinalPath.Of(path);
        return Directory.Exists(target) || Path.GetDirectoryName(target) is null ? throw new IOException("it is a folder") : target;
    }

    private static string TemporaryIn(string folder, string target) => Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");

    private static void WriteThenRename(string path, Action<Stream> write)
    {
        string target = TargetOf(path), folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        string temporary = TemporaryIn(folder, target);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
            FileSystemCalls.FlushFolder(folder);
        }
        catch
        {
            DeleteQuietly(temporary);
            throw;
        }
    }

    private static void WriteInPlace(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        write(stream);
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }

    private static string Reason(string path, Exception failure)
    {
        if (DiskFullCodes.Contains(failure.HResult)) return "the disk is full; free some space or choose another folder";
        if (ReadOnlyCodes.Contains(failure.HResult)) return "the file system is read-only; choose another folder";
        if (failure is UnauthorizedAccessException) return "permission is denied; choose another folder or change its permissions";
        if (failure is PathTooLongException) return "its name is too long; choose a shorter one";
        for (string? folder = Path.GetDirectoryName(Path.GetFullPath(path)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(folder)) return $"{folder} is a file, not a folder; choose another folder";
        }

        if (failure is FileNotFoundException or DirectoryNotFoundException) return "no file can be created in its folder; choose another folder";

        // The runtime appends the path, which the message already names.
        return failure.Message.Split(" : '", 2)[0].TrimEnd('.');
    }
}
