namespace DigitML.Engine.Cpu.Inference;

/// <summary>
/// The layers that a convolution or dense layer takes in: a rectifier, and a batch norm after that.
/// </summary>
/// <param name="Rectify">True if a rectifier follows.</param>
/// <param name="FinalNorm">Index of the batch norm after the rectifier, or −1.</param>
internal readonly record struct JoinedLayers(bool Rectify, int FinalNorm);
