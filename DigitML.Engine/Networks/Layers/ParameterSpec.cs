using System.Collections.Immutable;

namespace DigitML.Engine.Networks;

/// <summary>The role of a parameter, which decides its initial value and whether a step changes it.</summary>
public enum ParameterRole
{
    /// <summary>Multiplies inputs; initialised at random; weight decay applies.</summary>
    Weight,

    /// <summary>Added to the result; starts at 0.</summary>
    Bias,

    /// <summary>Batch norm's gamma; starts at 1.</summary>
    Scale,

    /// <summary>Batch norm's running mean; starts at 0; not trained.</summary>
    RunningMean,

    /// <summary>Batch norm's running variance; starts at 1; not trained.</summary>
    RunningVariance,
}

/// <summary>One parameter of a layer.</summary>
/// <param name="Name">Its name within the layer: "weight", "bias", "gamma", "beta", "running_mean", "running_var".</param>
/// <param name="Role">Its role.</param>
/// <param name="Dims">Its dimensions: OIHW for a convolution's weight, [out, in] for a dense one, [channels] for the rest.</param>
public sealed record ParameterSpec(string Name, ParameterRole Role, ImmutableArray<int> Dims)
{
    /// <summary>Number of values.</summary>
    public int Size
    {
        get
        {
            int size = 1;
            foreach (int dim in Dims) size = checked(size * dim);
            return size;
        }
    }

    /// <summary>True if the optimizer changes it.</summary>
    public bool IsTrainable => Role is ParameterRole.Weight or ParameterRole.Bias or ParameterRole.Scale;
}
