using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>One parameter in double precision with everything that training keeps for it. Every array is row-major, with the dimensions of the spec.</summary>
internal sealed class ReferenceParameter(ParameterSpec spec, int slotCount)
{
    /// <summary>Its role and dimensions.</summary>
    internal ParameterSpec Spec { get; } = spec;

    /// <summary>Its values.</summary>
    internal double[] Values { get; } = new double[spec.Size];

    /// <summary>Gradient of the loss with respect to each value, from the last backward pass.</summary>
    internal double[] Gradient { get; } = new double[spec.Size];

    /// <summary>The optimizer's state.</summary>
    internal double[][] Slots { get; } = [.. Enumerable.Range(0, slotCount).Select(_ => new double[spec.Size])];

    /// <summary>Average of the values over the steps.</summary>
    internal double[] Average { get; } = new double[spec.Size];
}
