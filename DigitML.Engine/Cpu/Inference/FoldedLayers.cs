namespace DigitML.Engine.Cpu.Inference;

/// <summary>
/// The layers fused into a convolution or dense layer: a ReLU, and a batch norm after it.
/// </summary>
/// <param name="Rectify">True if a ReLU follows.</param>
/// <param name="FinalNorm">Index of the batch norm after the ReLU, or −1.</param>
internal readonly record struct FoldedLayers(bool Rectify, int FinalNorm);
