namespace DigitML.Engine.Cpu.Training;

/// <summary>Writes the gradient of a run of parameter values.</summary>
internal unsafe delegate void GradientWriter(float* gradient);

/// <summary>
/// A run of parameter values whose gradient is computed where the optimizer needs it, while it is in the cache: the gradient of a large dense layer would
/// otherwise be written to memory and read back.
/// </summary>
/// <param name="First">First value's place in the parameter store.</param>
/// <param name="Length">Values.</param>
/// <param name="Write">Computes the gradient.</param>
internal sealed record DeferredGradient(int First, int Length, GradientWriter Write);
