using System.Runtime.InteropServices;

namespace DigitML.Engine.Files;

/// <summary>File-system calls that .NET does not offer. Where a call is missing, they return false.</summary>
internal static unsafe partial class FileSystemCalls
{
    private const int TypeMask = 0xF000, RegularFile = 0x8000, Folder = 0x4000;

    // Linux: the folder that relative paths start from, "type and mode" as the wanted field, and its offset in struct statx, the same on every architecture.
    private const int CurrentFolder = -100, WantedType = 1, StatxLength = 256, StatxMode = 28;

    // macOS: the offset of the mode in struct stat with 64-bit inodes.
    private const int StatLength = 256, StatMode = 4;

    /// <summary>True if a path leads, after following links, to something that exists and is neither a file nor a folder: a device, a pipe or a socket.</summary>
    internal static bool IsDeviceOrPipe(string path)
    {
        try
        {
            byte* status = stackalloc byte[Math.Max(StatxLength, StatLength)];
            int offset = StatxMode;
            if (OperatingSystem.IsLinux())
            {
                if (Statx(CurrentFolder, path, 0, WantedType, status) != 0) return false;
            }
            else if (OperatingSystem.IsMacOS())
            {
                int result = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Stat64(path, status) : Stat(path, status);
                if (result != 0) return false;
                offset = StatMode;
            }
            else
            {
                return false;
            }

            return (*(ushort*)(status + offset) & TypeMask) is not (RegularFile or Folder);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Flushes the entries of a folder to disk, so that a rename in it survives a power failure. Windows does so by itself.</summary>
    /// <returns>True if they were flushed here; false on Windows, and where the file system cannot.</returns>
    internal static bool FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return false;
        try
        {
            int folder = Open(path, 0);
            if (folder < 0) return false;
            bool isFlushed = Sync(folder) == 0;
            _ = Close(folder);
            return isFlushed;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint fields, byte* status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat64(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
