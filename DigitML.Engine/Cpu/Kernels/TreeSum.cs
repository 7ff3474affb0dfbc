using System.Numerics;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>
/// Sums of up to 16 terms in the order of one binary tree: ((t0 + t1) + (t2 + t3)) + ((t4 + t5) + (t6 + t7)) and so on. Terms past the last are left out: a
/// node without a right half equals its left half, so that three terms give (t0 + t1) + t2. Every subtree is a separate sum, so any thread can compute it.
/// </summary>
internal static class TreeSum
{
    /// <summary>Maximum number of terms.</summary>
    internal const int MaxTerms = 16;

    /// <summary>The sum of the terms, of which there is at least one. Overwrites them.</summary>
    internal static T Of<T>(Span<T> terms)
        where T : struct, IAdditionOperators<T, T, T>
    {
        for (int half = 1; half < terms.Length; half *= 2)
        {
            for (int i = 0; i + half < terms.Length; i += 2 * half) terms[i] += terms[i + half];
        }

        return terms[0];
    }
}
