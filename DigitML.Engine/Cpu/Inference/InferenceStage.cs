using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>A section of a network between two barriers: either phases that process each sample independently, or one dense layer for the whole batch.</summary>
internal sealed record InferenceStage<TVector, TSimd>(InferencePhase[] Phases, DenseStep<TVector, TSimd>? Dense)
    where TVector : struct
    where TSimd : struct, ISimd<TVector>;
