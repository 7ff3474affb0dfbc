using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Parameters;

/// <summary>
/// All parameters of a network in one flat array, in the layouts that kernels read; gradients and optimizer slots have the same layout. Order: weights
/// (which decay), other trained values, running statistics. So the optimizer is a single loop over floats. Padding holds 0 and stays 0.
/// </summary>
internal sealed class ParameterStore
{
    private const int Alignment = 16;
    private readonly List<ParameterBlock> blocks = [];

    /// <summary>Floats of weights, which come first.</summary>
    internal int WeightLength { get; private set; }

    /// <summary>Floats of all trained values, which come before the running statistics.</summary>
    internal int TrainableLength { get; private set; }

    /// <summary>Floats of the whole store.</summary>
    internal int Length { get; private set; }

    /// <summary>Adds a parameter of a layer. Must be called before <see cref="LayOut"/>.</summary>
    internal ParameterBlock Add(int layerIndex, NetworkLayer layer, string name, int size, Func<int, int> position)
    {
        int index = layer.Parameters.IndexOf(layer.Parameters.Single(p => p.Name == name));
        ParameterSpec spec = layer.Parameters[index];
        var block = new ParameterBlock(layerIndex, index, spec, ImageLayout.RoundUp(size, Alignment), [.. Enumerable.Range(0, spec.Size).Select(position)]);
        blocks.Add(block);
        return block;
    }

    /// <summary>Gives every block its place.</summary>
    internal void LayOut()
    {
        WeightLength = Place(0, block => block.Spec.Role == ParameterRole.Weight);
        TrainableLength = Place(WeightLength, block => block.Spec.IsTrainable && block.Spec.Role != ParameterRole.Weight);
        Length = Place(TrainableLength, block => !block.Spec.IsTrainable);
    }

    /// <summary>Writes the values of <paramref name="source"/> into an array of this store's layout.</summary>
    internal void Pack(NetworkWeights source, Span<float> store)
    {
        foreach (ParameterBlock block in blocks) block.Pack(source.OfLayer(block.LayerIndex)[block.ParameterIndex].Values, store);
    }

    /// <summary>Writes an array of this store's layout into <paramref name="destination"/>.</summary>
    internal void Unpack(ReadOnlySpan<float> store, NetworkWeights destination)
    {
        foreach (ParameterBlock block in blocks) block.Unpack(store, destination.OfLayer(block.LayerIndex)[block.ParameterIndex].Values);
    }

    private int Place(int offset, Func<ParameterBlock, bool> belongs)
    {
        foreach (ParameterBlock block in blocks.Where(belongs))
        {
            block.Offset = offset;
            offset = checked(offset + block.Size);
        }

        return offset;
    }
}
