using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Parameters;

namespace DigitML.Engine.Cpu.Training;

/// <summary>The flat arrays of a training program, one layout for all: see <see cref="ParameterStore"/>.</summary>
internal sealed unsafe class TrainingParameters(ParameterStore store, int slotCount, bool averaged) : IDisposable
{
    /// <summary>The place of each parameter.</summary>
    internal ParameterStore Store { get; } = store;

    /// <summary>Parameters and running statistics.</summary>
    internal NativeBuffer Weights { get; } = new(store.Length);

    /// <summary>Gradients of the trained part.</summary>
    internal NativeBuffer Gradients { get; } = new(store.TrainableLength);

    /// <summary>The optimizer's slots.</summary>
    internal NativeBuffer[] Slots { get; } = [.. Enumerable.Range(0, slotCount).Select(_ => new NativeBuffer(store.Length))];

    /// <summary>Averaged parameters and statistics, if they are kept.</summary>
    internal NativeBuffer? Averaged { get; } = averaged ? new NativeBuffer(store.Length) : null;

    internal float* WeightsOf(ParameterBlock block) => Weights.Pointer + block.Offset;

    internal float* GradientsOf(ParameterBlock block) => Gradients.Pointer + block.Offset;

    public void Dispose()
    {
        Weights.Dispose();
        Gradients.Dispose();
        Averaged?.Dispose();
        foreach (NativeBuffer slot in Slots) slot.Dispose();
    }
}
