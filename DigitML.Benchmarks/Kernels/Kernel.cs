namespace DigitML.Benchmarks.Kernels;

/// <summary>A kernel with its own operands.</summary>
/// <param name="Name">Its name, with the shape of its input.</param>
/// <param name="Bits">Width of its vectors, in bits.</param>
/// <param name="Work">Work per run, in units of 1e-9 <paramref name="Rate"/> seconds: floating-point operations or bytes.</param>
/// <param name="Rate">"GFLOP/s" or "GB/s".</param>
/// <param name="Run">Runs it once.</param>
public sealed record Kernel(string Name, int Bits, double Work, string Rate, Action Run)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Bits} {Name}";
}
