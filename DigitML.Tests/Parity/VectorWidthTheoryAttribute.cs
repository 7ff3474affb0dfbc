using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitML.Tests.Parity;

/// <summary>A theory about kernels of one vector width; skipped, with the reason, where the processor lacks it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class VectorWidthTheoryAttribute : TheoryAttribute
{
    public VectorWidthTheoryAttribute(int vectorBits, [CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        VectorBits = vectorBits;
        bool isThere = vectorBits switch
        {
            512 => Vector512.IsHardwareAccelerated,
            256 => Vector256.IsHardwareAccelerated,
            _ => Vector128.IsHardwareAccelerated,
        };
        if (!isThere) Skip = $"This processor has no {vectorBits}-bit vectors, or they are switched off.";
    }

    public int VectorBits { get; }
}
