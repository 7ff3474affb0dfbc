using System.Collections.Immutable;
using DigitML.Engine.Cpu.Scheduling;

namespace DigitML.Engine.Cpu.Training;

/// <summary>A network compiled for training.</summary>
/// <param name="Input">The activation that receives the minibatch.</param>
/// <param name="Logits">The activation that the last layer writes.</param>
/// <param name="Activations">Everything between layers, to be allocated.</param>
/// <param name="Operations">The work, in forward order.</param>
internal sealed record CompiledTraining(
    Activation Input, Activation Logits, ImmutableArray<Activation> Activations, ImmutableArray<TrainingOperation> Operations);
