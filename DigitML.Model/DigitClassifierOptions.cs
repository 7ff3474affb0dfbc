using DigitML.Engine.Cpu;

namespace DigitML.Model;

/// <summary>How a <see cref="DigitClassifier"/> computes on the processor.</summary>
public sealed record DigitClassifierOptions
{
    /// <summary>Threads that share one prediction, the calling one included: 1 to 1024, or 0 for one per processor. They change no score.</summary>
    public int Threads { get; init; }

    /// <summary>How convolutions are computed: <see cref="NumericMode.Exact"/> directly, the others faster and with a small error.</summary>
    public NumericMode NumericMode { get; init; } = NumericMode.Balanced;
}
