using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DigitML.Engine.Cpu.Simd;

/// <summary>Asks for memory ahead of its use.</summary>
internal static unsafe class CacheHint
{
    /// <summary>Brings a cache line nearer. Any address is allowed; where the processor has no such instruction known to .NET, nothing happens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Prefetch(float* place)
    {
        if (Sse.IsSupported) Sse.Prefetch0(place);
    }
}
