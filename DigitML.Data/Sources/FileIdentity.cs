using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DigitML.Data.Sources;

/// <summary>Identifies the file that a path leads to, whatever its spelling: the same for symbolic links, hard links and, on a case-insensitive file system, names that differ in case.</summary>
/// <param name="Volume">The device or volume.</param>
/// <param name="Index">The file's number on it (inode).</param>
internal readonly partial record struct FileIdentity(ulong Volume, ulong Index)
{
    private const ushort FileTypeMask = 0xF000, RegularFile = 0x8000;

    /// <summary>The identity of a regular file that exists; null for a device, a folder or a missing file, and if the system does not report it.</summary>
    public static FileIdentity? Of(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            return OperatingSystem.IsWindows() ? OfWindows(path)
                : OperatingSystem.IsLinux() ? OfLinux(path)
                : OperatingSystem.IsMacOS() ? OfMacOS(path)
                : null;
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // struct statx has the same layout on every processor: mode at 28, inode at 32, the device's two numbers at 136.
    private static FileIdentity? OfLinux(string path)
    {
        const int currentFolder = -100, modeAndInode = 0x102;
        Span<byte> status = stackalloc byte[256];
        if (StatX(currentFolder, Path.GetFullPath(path), 0, modeAndInode, ref MemoryMarshal.GetReference(status)) != 0) return null;
        if ((MemoryMarshal.Read<ushort>(status[28..]) & FileTypeMask) != RegularFile) return null;
        return new FileIdentity((ulong)MemoryMarshal.Read<uint>(status[136..]) << 32 | MemoryMarshal.Read<uint>(status[140..]), MemoryMarshal.Read<ulong>(status[32..]));
    }

    // struct stat with 64-bit inodes: device at 0, mode at 4, inode at 8.
    private static FileIdentity? OfMacOS(string path)
    {
        Span<byte> status = stackalloc byte[256];
        ref byte first = ref MemoryMarshal.GetReference(status);
        string full = Path.GetFullPath(path);
        int failed = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Stat64(full, ref first) : Stat(full, ref first);
        if (failed != 0 || (BinaryPrimitives.ReadUInt16LittleEndian(status[4..]) & FileTypeMask) != RegularFile) return null;
        return new FileIdentity(BinaryPrimitives.ReadUInt32LittleEndian(status), BinaryPrimitives.ReadUInt64LittleEndian(status[8..]));
    }

    // BY_HANDLE_FILE_INFORMATION: volume at 28, the file's number at 44 (high half first).
    private static FileIdentity? OfWindows(string path)
    {
        using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> information = stackalloc byte[64];
        if (GetFileInformationByHandle(handle, ref MemoryMarshal.GetReference(information)) == 0) return null;
        uint high = BinaryPrimitives.ReadUInt32LittleEndian(information[44..]), low = BinaryPrimitives.ReadUInt32LittleEndian(information[48..]);
        return new FileIdentity(BinaryPrimitives.ReadUInt32LittleEndian(information[28..]), (ulong)high << 32 | low);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat64(string path, ref byte status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, ref byte status);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle")]
    private static partial int GetFileInformationByHandle(SafeFileHandle file, ref byte information);
}
