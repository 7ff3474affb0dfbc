using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;

namespace DigitML.Model.Contents;

/// <summary>A trained network of a model and the normalisation of its pixels.</summary>
/// <param name="Weights">The weights, with the network they belong to.</param>
/// <param name="Normalization">How a pixel value, 0 .. 255, is scaled for the network.</param>
public sealed record ModelMember(NetworkWeights Weights, PixelNormalization Normalization)
{
    /// <summary>The weights, with the network they belong to.</summary>
    public NetworkWeights Weights { get; init; } = Weights ?? throw new ArgumentNullException(nameof(Weights));

    /// <summary>The network as it was trained, dropout and batch norm included.</summary>
    public Network Network => Weights.Network;
}
