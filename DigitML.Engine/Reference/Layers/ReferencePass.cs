namespace DigitML.Engine.Reference;

/// <summary>Settings of a forward or backward pass.</summary>
/// <param name="IsTraining">True if dropout drops and batch norm uses the statistics of the minibatch.</param>
/// <param name="Seed">Decides every dropped value, together with the step.</param>
/// <param name="Step">Steps done so far: 0 in the first.</param>
internal readonly record struct ReferencePass(bool IsTraining, ulong Seed, long Step)
{
    /// <summary>A pass that predicts.</summary>
    internal static ReferencePass Inference => default;
}
