using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Compilation;

/// <summary>Properties of the layers around a layer that the training and prediction compilers both need.</summary>
internal static class LayerNeighbours
{
    /// <summary>The index of the first layer that reads the images, scaled or not.</summary>
    internal static int FirstIndex(this Network network) => network.Layers[0].Layer is Resizing ? 1 : 0;

    /// <summary>
    /// True if the first layer reads single values of its input, so that channels need no padding: a convolution over one channel would otherwise read a vector of
    /// zeros for each pixel.
    /// </summary>
    internal static bool FirstReadsSingleValues(this Network network) => network.Layers[network.FirstIndex()].Layer switch
    {
        Conv2D or Dense => true,
        Flatten => network.Layers.Length > network.FirstIndex() + 1 && network.Layers[network.FirstIndex() + 1].Layer is Dense,
        _ => false,
    };

    /// <summary>True if the layer at <paramref name="index"/> reads the network's own input, as all layers before it work in place.</summary>
    internal static bool ReadsInput(this Network network, int index)
    {
        while (index > 0 && network.Layers[index - 1].Layer is Dropout or ReLU or Resizing) index--;
        return index == 0;
    }

    /// <summary>True if the next layer that is not elementwise, from <paramref name="index"/> on, is a dense one: it reads an image in its memory layout.</summary>
    internal static bool DenseReadsFrom(this Network network, int index)
    {
        while (index < network.Layers.Length && network.Layers[index].Layer is Dropout or ReLU) index++;
        return index < network.Layers.Length && network.Layers[index].Layer is Dense;
    }
}
