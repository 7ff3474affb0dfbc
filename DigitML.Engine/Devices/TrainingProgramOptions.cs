using DigitML.Engine.Optimizers;

namespace DigitML.Engine.Devices;

/// <summary>Settings that a device compiles into a training program.</summary>
/// <param name="BatchSize">Largest number of samples in a minibatch.</param>
/// <param name="Optimizer">How gradients change parameters.</param>
/// <param name="Seed">Random seed; together with the step number, it determines which values dropout drops.</param>
/// <param name="AveragingDecay">If set, averaged weights are kept: average ← d · average + (1 − d) · weights after each step, with
/// d = min(AveragingDecay, (1 + t) / (10 + t)), t being the number of the step counted from 1. Running statistics are averaged too.</param>
public sealed record TrainingProgramOptions(int BatchSize, Optimizer Optimizer, ulong Seed, float? AveragingDecay = null);
