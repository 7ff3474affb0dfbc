using System.Collections.Immutable;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Model.Contents;
using static DigitML.Model.Onnx.OnnxNodes;

namespace DigitML.Model.Onnx;

/// <summary>
/// Writes a network in its inference form as an ONNX graph: input "pixels" float [N, 1, H, W] of 0 .. 255, normalisation, one node per layer,
/// outputs "scores" float [N, K] and "label" int64 [N].
/// </summary>
internal sealed class OnnxGraphWriter : ILayerVisitor<OnnxLayerPlace, bool>
{
    /// <summary>The operator-set version of the nodes.</summary>
    internal const int OperatorSet = 13;

    /// <summary>The name of the graph's input.</summary>
    internal const string Input = "pixels";

    /// <summary>The name of the output of scores, and, after its prefix, of each member's scores.</summary>
    internal const string Scores = "scores";

    private const string Label = "label";

    // In the order of the operator's inputs.
    private static readonly string[] BatchNormParameters = ["gamma", "beta", "running_mean", "running_var"];

    private readonly GraphProto graph;
    private readonly string prefix;
    private string current;

    private OnnxGraphWriter(GraphProto graph, string prefix, string images) => (this.graph, this.prefix, current) = (graph, prefix, images);

    /// <summary>The graph of a network; the same network gives the same graph.</summary>
    internal static GraphProto Write(ModelMember member)
    {
        GraphProto graph = Start(member.Network);
        AddMember(graph, "", Input, member);
        AddLabel(graph);
        return graph;
    }

    /// <summary>A graph with the input and outputs of a network and no nodes.</summary>
    internal static GraphProto Start(Network network)
    {
        var graph = new GraphProto { Name = network.Name };
        graph.Input.Add(Value(Input, TensorProto.Types.DataType.Float, null, 1, network.InputShape.Height, network.InputShape.Width));
        graph.Output.Add(Value(Scores, TensorProto.Types.DataType.Float, null, network.ClassCount));
        graph.Output.Add(Value(Label, TensorProto.Types.DataType.Int64, [null]));
        return graph;
    }

    /// <summary>Adds the normalisation and the layers of a network.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="prefix">Prefix of the names of all its nodes and values.</param>
    /// <param name="images">Name of its input: [N, 1, H, W] pixels of 0 .. 255.</param>
    /// <param name="member">The network.</param>
    internal static void AddMember(GraphProto graph, string prefix, string images, ModelMember member)
    {
        var writer = new OnnxGraphWriter(graph, prefix, images);
        InferenceForm form = InferenceForm.Of(member.Weights);
        writer.WriteNormalization(member.Normalization);
        for (int i = 0; i < form.Layers.Length; i++)
        {
            if (form.Layers[i].Layer is not Softmax) form.Layers[i].Layer.Accept(writer, new OnnxLayerPlace(form.Layers[i], form.Weights.OfLayer(i)));
        }

        writer.AddNode("Softmax", Scores, [], Integer("axis", 1));
    }

    /// <summary>Adds the node that chooses the label from the graph's scores.</summary>
    internal static void AddLabel(GraphProto graph) =>
        new OnnxGraphWriter(graph, "", Scores).AddNode("ArgMax", Label, [], Integer("axis", 1), Integer("keepdims", 0));

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
            // The operator needs all four; a layer without gamma or beta gets ones or zeros.
            float[] values = place.Tensors.FirstOrDefault(tensor => tensor.Spec.Name == parameter)?.Values
                ?? [.. Enumerable.Repeat(parameter == "gamma" ? 1f : 0f, channels)];
            AddConstant($"{place.Name}.{parameter}", [channels], values);
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

    /// <inheritdoc/>
    public bool Visit(Resizing layer, OnnxLayerPlace place)
    {
        Shape input = place.Source.InputShape;
        string scales = $"{place.Name}.scales";
        AddConstant(scales, [4], [1, 1, Scale(input.Height, layer.Height), Scale(input.Width, layer.Width)]);
        return AddNode("Resize", place.Name, ["", scales], Text("mode", "linear"), Text("coordinate_transformation_mode", "half_pixel"));
    }

    // The size of the result is rounded down, so a scale must not be too small.
    private static float Scale(int from, int to)
    {
        float scale = (float)to / from;
        while ((double)scale * from < to) scale = MathF.BitIncrement(scale);
        return scale;
    }

    private void WriteNormalization(PixelNormalization normalization)
    {
        AddConstant("pixels.scale", [], [normalization.Scale]);
        AddNode("Mul", "pixels.scaled", ["pixels.scale"]);
        if (normalization.Offset == 0) return;
        AddConstant("pixels.offset", [], [normalization.Offset]);
        AddNode("Add", "pixels.normalized", ["pixels.offset"]);
    }

    private string[] AddParameters(OnnxLayerPlace place)
    {
        foreach (WeightTensor tensor in place.Tensors) AddConstant(place.TensorName(tensor), tensor.Spec.Dims, tensor.Values);
        return [.. place.Tensors.Select(place.TensorName)];
    }

    private void AddConstant(string name, IEnumerable<int> dims, ReadOnlySpan<float> values) =>
        graph.Initializer.Add(OnnxTensor.Float(prefix + name, dims, values));

    private bool AddNode(string operation, string output, IEnumerable<string> constants, params ReadOnlySpan<AttributeProto> attributes)
    {
        string name = prefix + output;
        graph.Node.Add(Node(operation, name, [current, .. constants.Select(constant => constant.Length == 0 ? "" : prefix + constant)], attributes));
        current = name;
        return true;
    }

    private static AttributeProto Pads(Padding padding, OnnxLayerPlace place, Size2D window, Size2D stride)
    {
        Margins margins = padding.Resolve(place.Source.InputShape.Height, place.Source.InputShape.Width, window, stride);
        return Integers("pads", margins.Top, margins.Left, margins.Bottom, margins.Right);
    }

    // A size of null stands for the batch size, "N".
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

/// <summary>A layer of the inference form with its weights, as the writer visits it.</summary>
internal sealed record OnnxLayerPlace(InferenceLayer Layer, ImmutableArray<WeightTensor> Tensors)
{
    /// <summary>The trained layer it comes from.</summary>
    internal NetworkLayer Source => Layer.Source;

    /// <summary>Its name in the trained network.</summary>
    internal string Name => Source.Name;

    /// <summary>
    /// A parameter's name in the file: that of the trained network, with "folded_" before the last part if folding changed the values.
    /// </summary>
    internal string TensorName(WeightTensor tensor) => Layer.IsFolded ? $"{Name}.folded_{tensor.Spec.Name}" : $"{Name}.{tensor.Spec.Name}";
}
