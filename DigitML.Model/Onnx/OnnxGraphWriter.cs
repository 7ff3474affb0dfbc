using System.Collections.Immutable;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Model.Networks;

namespace DigitML.Model.Onnx;

/// <summary>
/// Writes a network in its inference form as an ONNX graph: input "pixels" float [N, 1, H, W] of 0 .. 255, normalisation, one node a layer,
/// outputs "scores" float [N, K] and "label" int64 [N].
/// </summary>
internal sealed class OnnxGraphWriter : ILayerVisitor<OnnxLayerPlace, bool>
{
    /// <summary>The version of the operator set the nodes are from.</summary>
    internal const int OperatorSet = 13;

    private const string Input = "pixels", Scores = "scores", Label = "label";

    // In the order of the operator's inputs.
    private static readonly string[] BatchNormParameters = ["gamma", "beta", "running_mean", "running_var"];

    private readonly GraphProto graph = new();
    private string current = Input;

    private OnnxGraphWriter() { }

    /// <summary>The graph of a network; the same network gives the same graph.</summary>
    internal static GraphProto Write(InferenceForm form, PixelNormalization normalization)
    {
        var writer = new OnnxGraphWriter();
        Network network = form.Weights.Network;
        writer.graph.Name = network.Name;
        writer.graph.Input.Add(Value(Input, TensorProto.Types.DataType.Float, null, 1, network.InputShape.Height, network.InputShape.Width));
        writer.graph.Output.Add(Value(Scores, TensorProto.Types.DataType.Float, null, network.ClassCount));
        writer.graph.Output.Add(Value(Label, TensorProto.Types.DataType.Int64, [null]));
        writer.WriteNormalization(normalization);
        for (int i = 0; i < form.Layers.Length; i++)
        {
            if (form.Layers[i].Layer is not Softmax) form.Layers[i].Layer.Accept(writer, new OnnxLayerPlace(form.Layers[i], form.Weights.OfLayer(i)));
        }

        writer.AddNode("Softmax", Scores, [], Integer("axis", 1));
        writer.AddNode("ArgMax", Label, [], Integer("axis", 1), Integer("keepdims", 0));
        return writer.graph;
    }

    /// <inheritdoc/>
    public bool Visit(Conv2D layer, OnnxLayerPlace place) => AddNode("Conv", place.Name, AddParameters(place),
        Integers("kernel_shape", layer.KernelSize), Integers("strides", layer.Stride), Pads(layer.Padding, place, layer.KernelSize, layer.Stride));

    /// <inheritdoc/>
    public bool Visit(MaxPool2D layer, OnnxLayerPlace place) => AddNode("MaxPool", place.Name, [],
        Integers("kernel_shape", layer.PoolSize), Integers("strides", layer.Stride), Pads(layer.Padding, place, layer.PoolSize, layer.Stride));

    /// <inheritdoc/>
    public bool Visit(AveragePool2D layer, OnnxLayerPlace place) => AddNode("AveragePool", place.Name, [],
        Integers("kernel_shape", layer.PoolSize), Integers("strides", layer.Stride), Pads(layer.Padding, place, layer.PoolSize, layer.Stride),
        Integer("count_include_pad", 0));

    /// <inheritdoc/>
    public bool Visit(GlobalAveragePool2D layer, OnnxLayerPlace place) =>
        AddNode("GlobalAveragePool", place.Name, []) && AddNode("Flatten", $"{place.Name}.flatten", [], Integer("axis", 1));

    /// <inheritdoc/>
    public bool Visit(Dense layer, OnnxLayerPlace place) => AddNode("Gemm", place.Name, AddParameters(place), Integer("transB", 1));

    /// <inheritdoc/>
    public bool Visit(BatchNorm layer, OnnxLayerPlace place)
    {
        int channels = place.Source.InputShape.Channels;
        foreach (string parameter in BatchNormParameters)
        {
            // The operator has all four; a layer without a factor or an offset multiplies by 1 or adds 0.
            float[] values = place.Tensors.FirstOrDefault(tensor => tensor.Spec.Name == parameter)?.Values
                ?? [.. Enumerable.Repeat(parameter == "gamma" ? 1f : 0f, channels)];
            graph.Initializer.Add(OnnxTensor.Float($"{place.Name}.{parameter}", [channels], values));
        }

        return AddNode("BatchNormalization", place.Name, BatchNormParameters.Select(name => $"{place.Name}.{name}"), Float("epsilon", layer.Epsilon));
    }

    /// <inheritdoc/>
    public bool Visit(ReLU layer, OnnxLayerPlace place) => AddNode("Relu", place.Name, []);

    /// <inheritdoc/>
    public bool Visit(Dropout layer, OnnxLayerPlace place) => true;

    /// <inheritdoc/>
    public bool Visit(Flatten layer, OnnxLayerPlace place) => AddNode("Flatten", place.Name, [], Integer("axis", 1));

    /// <inheritdoc/>
    public bool Visit(Softmax layer, OnnxLayerPlace place) => true;

    private void WriteNormalization(PixelNormalization normalization)
    {
        graph.Initializer.Add(OnnxTensor.Float("pixels.scale", [], [normalization.Scale]));
        AddNode("Mul", "pixels.scaled", ["pixels.scale"]);
        if (normalization.Offset == 0) return;
        graph.Initializer.Add(OnnxTensor.Float("pixels.offset", [], [normalization.Offset]));
        AddNode("Add", "pixels.normalized", ["pixels.offset"]);
    }

    private string[] AddParameters(OnnxLayerPlace place)
    {
        foreach (WeightTensor tensor in place.Tensors) graph.Initializer.Add(OnnxTensor.Float(place.TensorName(tensor), tensor.Spec.Dims, tensor.Values));
        return [.. place.Tensors.Select(place.TensorName)];
    }

    private bool AddNode(string operation, string output, IEnumerable<string> constants, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = output };
        node.Input.Add(current);
        node.Input.AddRange(constants);
        node.Output.Add(output);
        foreach (AttributeProto attribute in attributes) node.Attribute.Add(attribute);
        graph.Node.Add(node);
        current = output;
        return true;
    }

    private static AttributeProto Pads(Padding padding, OnnxLayerPlace place, Size2D window, Size2D stride)
    {
        Margins margins = padding.Resolve(place.Source.InputShape.Height, place.Source.InputShape.Width, window, stride);
        return Integers("pads", margins.Top, margins.Left, margins.Bottom, margins.Right);
    }

    private static AttributeProto Integer(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    private static AttributeProto Float(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    private static AttributeProto Integers(string name, Size2D size) => Integers(name, size.Height, size.Width);

    private static AttributeProto Integers(string name, params ReadOnlySpan<int> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (int value in values) attribute.Ints.Add(value);
        return attribute;
    }

    // A size of null is the number of samples, "N".
    private static ValueInfoProto Value(string name, TensorProto.Types.DataType type, params ReadOnlySpan<int?> sizes)
    {
        var shape = new TensorShapeProto();
        foreach (int? size in sizes)
        {
            var dimension = new TensorShapeProto.Types.Dimension();
            if (size is { } value) dimension.DimValue = value;
            else dimension.DimParam = "N";
            shape.Dim.Add(dimension);
        }

        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}

/// <summary>A layer of the inference form with its values, as the writer visits it.</summary>
internal sealed record OnnxLayerPlace(InferenceLayer Layer, ImmutableArray<WeightTensor> Tensors)
{
    /// <summary>The trained layer it comes from.</summary>
    internal NetworkLayer Source => Layer.Source;

    /// <summary>Its name in the trained network.</summary>
    internal string Name => Source.Name;

    /// <summary>
    /// A parameter's name in the file: that of the trained network, "folded_" before the last part where the values differ from it.
    /// </summary>
    internal string TensorName(WeightTensor tensor) => Layer.IsFolded ? $"{Name}.folded_{tensor.Spec.Name}" : $"{Name}.{tensor.Spec.Name}";
}
