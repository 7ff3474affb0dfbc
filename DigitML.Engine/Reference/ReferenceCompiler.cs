using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>Creates the reference implementation of each layer.</summary>
internal sealed class ReferenceCompiler(NetworkLayer place, int layerIndex) : ILayerVisitor<int, ReferenceLayer>
{
    /// <summary>The reference implementation of a layer in its place.</summary>
    /// <param name="place">The layer and its shapes.</param>
    /// <param name="layerIndex">Its index in the network, which determines what a dropout layer drops.</param>
    /// <param name="slotCount">Number of values an optimizer keeps per parameter value.</param>
    internal static ReferenceLayer Compile(NetworkLayer place, int layerIndex, int slotCount) =>
        place.Layer.Accept(new ReferenceCompiler(place, layerIndex), slotCount);

    public ReferenceLayer Visit(Conv2D layer, int slotCount) => new ReferenceConv2D(layer, place, slotCount);

    public ReferenceLayer Visit(MaxPool2D layer, int slotCount) => new ReferenceMaxPool2D(layer, place);

    public ReferenceLayer Visit(AveragePool2D layer, int slotCount) => new ReferenceAveragePool2D(layer, place);

    public ReferenceLayer Visit(GlobalAveragePool2D layer, int slotCount) => new ReferenceGlobalAveragePool2D(place);

    public ReferenceLayer Visit(Dense layer, int slotCount) => new ReferenceDense(place, slotCount);

    public ReferenceLayer Visit(BatchNorm layer, int slotCount) => new ReferenceBatchNorm(layer, place, slotCount);

    public ReferenceLayer Visit(ReLU layer, int slotCount) => new ReferenceReLU(place);

    public ReferenceLayer Visit(Dropout layer, int slotCount) => new ReferenceDropout(layer, place, layerIndex);

    public ReferenceLayer Visit(Flatten layer, int slotCount) => new ReferenceFlatten(place);

    public ReferenceLayer Visit(Softmax layer, int slotCount) => new ReferenceSoftmax(place);

    public ReferenceLayer Visit(Resizing layer, int slotCount) => new ReferenceResizing(place);
}
