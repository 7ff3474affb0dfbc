namespace DigitML.Engine.Cpu.Winograd;

/// <summary>Which tiles a convolution may use: those with relative errors below a limit; 0 allows none.</summary>
/// <param name="Forward">The limit of activations.</param>
/// <param name="Backward">The limit of gradients, which tolerate more: the optimizer averages them over many minibatches.</param>
internal readonly record struct WinogradLimits(double Forward, double Backward)
{
    /// <summary>Direct convolution alone.</summary>
    internal static WinogradLimits None => default;

    /// <summary>Accurate tiles forward, every tile backward.</summary>
    internal static WinogradLimits Balanced => new(2.5e-6, double.PositiveInfinity);

    /// <summary>Every tile.</summary>
    internal static WinogradLimits All => new(double.PositiveInfinity, double.PositiveInfinity);
}
