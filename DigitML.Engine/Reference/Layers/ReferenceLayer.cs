using System.Collections.Immutable;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>
/// A layer as plain loops in double precision: the kernels of every device are compared with it. It keeps nothing between passes but its
/// parameters; <see cref="Backward"/> recomputes what it needs from x.
/// </summary>
internal abstract class ReferenceLayer(NetworkLayer layer, int slotCount)
{
    /// <summary>Shape of one output sample.</summary>
    protected Shape OutputShape { get; } = layer.OutputShape;

    /// <summary>The parameters in the order of the layer's specs; empty for most.</summary>
    internal ImmutableArray<ReferenceParameter> Parameters { get; } = [.. layer.Parameters.Select(spec => new ReferenceParameter(spec, slotCount))];

    /// <summary>The output for x, N x C x H x W.</summary>
    internal abstract ReferenceTensor Forward(ReferenceTensor x, ReferencePass pass);

    /// <summary>Given x and the gradient dy of the loss with respect to the output, sets the gradients of the parameters and returns the gradient with respect to x.</summary>
    internal abstract ReferenceTensor Backward(ReferenceTensor x, ReferenceTensor dy, ReferencePass pass);

    /// <summary>The parameter of that role, or null if the layer has none.</summary>
    protected ReferenceParameter? Find(ParameterRole role) => Parameters.FirstOrDefault(parameter => parameter.Spec.Role == role);

    /// <summary>The parameter of that role.</summary>
    protected ReferenceParameter Get(ParameterRole role) => Parameters.First(parameter => parameter.Spec.Role == role);
}
