using System.Collections.Immutable;
using DigitML.Engine.Cpu.Compilation;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu;

/// <summary>How the CPU computes one convolution of a network. The choice depends only on shapes, vector width and numeric mode, so the same plan always gets the same one.</summary>
/// <param name="Layer">The layer's name in its network: "conv2d_1".</param>
/// <param name="Forward">"direct", or Winograd minimal filtering with its tile: "winograd F(4x4, 5x5)".</param>
/// <param name="Gradients">The same for the gradients of input and weights.</param>
public sealed record ConvolutionAlgorithm(string Layer, string Forward, string Gradients)
{
    private const string Direct = "direct";

    /// <summary>The convolutions of a network in the order of their layers.</summary>
    internal static ImmutableArray<ConvolutionAlgorithm> Of(Network network, WinogradLimits limits, int lanes) =>
        [.. Enumerable.Range(0, network.Layers.Length).Where(index => network.Layers[index].Layer is Conv2D).Select(index => Of(network, index, limits, lanes))];

    private static ConvolutionAlgorithm Of(Network network, int index, WinogradLimits limits, int lanes)
    {
        NetworkLayer place = network.Layers[index];

        // The network's own input has no padded channels if its first layer is a convolution, and never has a gradient.
        bool hasVectors = index > network.FirstIndex() || place.InputShape.Channels % lanes == 0, hasInputGradient = !network.ReadsInput(index);
        return new ConvolutionAlgorithm(
            place.Name, hasVectors ? Name(place, limits, isForward: true) : Direct, hasVectors && hasInputGradient ? Name(place, limits, isForward: false) : Direct);
    }

    private static string Name(NetworkLayer place, WinogradLimits limits, bool isForward)
    {
        WinogradTile? tile = WinogradChoice.Tile(
            (Conv2D)place.Layer, place.OutputShape, place.InputShape.Channels, place.OutputShape.Channels, limits, isForward);
        return tile is null ? Direct : $"winograd F({tile.Outputs}x{tile.Outputs}, {tile.Taps}x{tile.Taps})";
    }
}
