namespace DigitML.Engine.Reference;

/// <summary>Settings of a forward or backward pass.</summary>
/// <param name="IsTraining">True if dropout drops and batch norm uses the statistics of the minibatch.</param>
/// <param name="Seed">Random seed; together with the step, it determines which values are dropped.</param>
/// <param name="Step">Steps done so far: 0 in the first.</param>
internal readonly record struct ReferencePass(bool IsTraining, ulong Seed, long Step)
{
    /// <summary>A pass for prediction.</summary>
    internal static ReferencePass Inference => default;
}
