using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DigitML.Engine.Cpu.Simd;

/// <summary>Prefetches memory ahead of its use.</summary>
internal static unsafe class CacheHint
{
    /// <summary>Prefetches a cache line. Any address is allowed; if .NET offers no such instruction for the processor, nothing happens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Prefetch(float* place)
    {
        if (Sse.IsSupported) Sse.Prefetch0(place);
    }
}
