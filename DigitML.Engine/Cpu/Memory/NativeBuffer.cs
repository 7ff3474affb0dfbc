using System.Runtime.InteropServices;

namespace DigitML.Engine.Cpu.Memory;

/// <summary>Zeroed floats outside the garbage-collected heap, aligned to vectors (to huge pages where it is large), so that kernels hold pointers into it.</summary>
internal sealed unsafe partial class NativeBuffer : IDisposable
{
    private const nuint CacheLine = 64;
    private const nuint HugePage = 2 << 20;
    private const nuint LargeBuffer = HugePage / 8;
    private const int AdviseHugePage = 14;

    /// <summary>Allocates <paramref name="length"/> zeros.</summary>
    internal NativeBuffer(long length)
    {
        Length = length;
        nuint used = (nuint)Math.Max(length, 1) * sizeof(float), bytes = used;
        bool large = bytes >= LargeBuffer;
        if (large) bytes = (bytes + HugePage - 1) / HugePage * HugePage;
        Pointer = (float*)NativeMemory.AlignedAlloc(bytes, large ? HugePage : CacheLine);
        if (large && OperatingSystem.IsLinux()) AdviseHugePages(Pointer, bytes);
        NativeMemory.Clear(Pointer, used);
    }

    ~NativeBuffer() => Free();

    /// <summary>First float.</summary>
    internal float* Pointer { get; private set; }

    /// <summary>Number of floats.</summary>
    internal long Length { get; }

    /// <summary>All floats.</summary>
    internal Span<float> Span => new(Pointer, checked((int)Length));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }

    // Streaming over tens of megabytes with 4 KB pages spends a good part of the time on address translation. This is only advice: a refusal changes nothing.
    private static void AdviseHugePages(void* start, nuint bytes)
    {
        try
        {
            _ = MAdvise(start, bytes, AdviseHugePage);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // The C library has no madvise: ordinary pages are used.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MAdvise(void* start, nuint bytes, int advice);
}
