using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Parameters;

/// <summary>The place of one parameter in a <see cref="ParameterStore"/>, and how its values map to the layout that kernels read.</summary>
internal sealed class ParameterBlock
{
    internal ParameterBlock(int layerIndex, int parameterIndex, ParameterSpec spec, int size, int[] positions)
    {
        LayerIndex = layerIndex;
        ParameterIndex = parameterIndex;
        Spec = spec;
        Size = size;
        Positions = positions;
    }

    internal int LayerIndex { get; }

    internal int ParameterIndex { get; }

    internal ParameterSpec Spec { get; }

    /// <summary>Floats it occupies in the store, including padding.</summary>
    internal int Size { get; }

    /// <summary>For each value of the parameter, in the order of its spec, its place in the block.</summary>
    internal int[] Positions { get; }

    /// <summary>Where the block starts in the store; set when the store is laid out.</summary>
    internal int Offset { get; set; }

    internal void Pack(ReadOnlySpan<float> values, Span<float> store)
    {
        Span<float> block = store.Slice(Offset, Size);
        block.Clear();
        for (int i = 0; i < values.Length; i++) block[Positions[i]] = values[i];
    }

    internal void Unpack(ReadOnlySpan<float> store, Span<float> values)
    {
        ReadOnlySpan<float> block = store.Slice(Offset, Size);
        for (int i = 0; i < values.Length; i++) values[i] = block[Positions[i]];
    }
}
