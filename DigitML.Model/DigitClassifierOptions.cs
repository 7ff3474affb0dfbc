using DigitML.Engine.Cpu;
using DigitML.Engine.Datasets;

namespace DigitML.Model;

/// <summary>How a <see cref="DigitClassifier"/> computes on the CPU.</summary>
public sealed record DigitClassifierOptions
{
    /// <summary>Threads that share one prediction, including the calling one: 1 to 1024, or 0 for one per processor. Scores do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// How pixels are scaled for a model file of another program, which does not say it (<see cref="DigitModel.IsInputRangeKnown"/>); null to give it pixels from 0 to 255 as they are.
    /// </summary>
    public PixelNormalization? Normalization { get; init; }

    /// <summary>How convolutions are computed: <see cref="NumericMode.Exact"/> computes them directly; the others are faster, with a small error.</summary>
    public NumericMode NumericMode { get; init; } = NumericMode.Balanced;
}
