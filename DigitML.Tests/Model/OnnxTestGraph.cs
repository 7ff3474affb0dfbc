using DigitML.Engine;
using DigitML.Model;
using DigitML.Model.Onnx;
using Google.Protobuf;
using static DigitML.Model.Onnx.TensorProto.Types;

namespace DigitML.Tests.Model;

/// <summary>Builds ONNX models as other programs write them: a chain of nodes, each with its constants and attributes.</summary>
internal sealed class OnnxTestGraph
{
    private string current = "x";

    /// <summary>Starts a graph; 0 is a size of its own name.</summary>
    internal OnnxTestGraph(long[] inputDims, long operatorSet = 13, DataType inputType = DataType.Float)
    {
        File = new ModelProto { IrVersion = 8, ProducerName = "pytorch", ProducerVersion = "2.1", Graph = new GraphProto { Name = "main" } };
        File.OpsetImport.Add(new OperatorSetIdProto { Version = operatorSet });
        File.Graph.Input.Add(Value("x", inputDims, inputType));
    }

    internal ModelProto File { get; }

    internal GraphProto Graph => File.Graph;

    /// <summary>Adds a node behind the last one. Constants are float[] with sizes, long[] for shapes, or a name; attributes are (name, value).</summary>
    internal OnnxTestGraph Add(string operation, object[]? constants = null, (string Name, object Value)[]? attributes = null, string? name = null)
    {
        var node = new NodeProto { OpType = operation, Name = name ?? $"n{Graph.Node.Count}" };
        node.Input.Add(current);
        foreach (object constant in constants ?? []) node.Input.Add(Constant(constant));
        foreach (var (key, value) in attributes ?? []) node.Attribute.Add(Attribute(key, value));
        current = $"v{Graph.Node.Count}";
        node.Output.Add(current);
        Graph.Node.Add(node);
        return this;
    }

    /// <summary>Puts the node's inputs in the other order.</summary>
    internal OnnxTestGraph Swapped()
    {
        NodeProto node = Graph.Node[^1];
        (node.Input[0], node.Input[1]) = (node.Input[1], node.Input[0]);
        return this;
    }

    /// <summary>Adds a tensor and gives its name.</summary>
    internal string Constant(object constant)
    {
        if (constant is string existing) return existing;
        string name = $"c{Graph.Initializer.Count}";
        Graph.Initializer.Add(constant switch
        {
            TensorProto tensor => Named(tensor, name),
            (int[] dims, float[] values) => OnnxTensor.Float(name, dims, values),
            long[] values => Integers(name, values),
            float value => OnnxTensor.Float(name, [], [value]),
            _ => throw new ArgumentException($"{constant}"),
        });
        return name;
    }

    /// <summary>Ends the graph in the last node's result.</summary>
    internal ModelProto End()
    {
        Graph.Output.Add(Value(current, [], DataType.Float));
        return File;
    }

    /// <summary>Ends the graph and loads it as "model.onnx".</summary>
    internal DigitModel Load() => Load(End());

    internal static DigitModel Load(ModelProto file) => DigitModel.Load(new MemoryStream(file.ToByteArray()), "model.onnx");

    /// <summary>Starts a graph for images of 8x8.</summary>
    internal static OnnxTestGraph Image() => new([0, 1, 8, 8]);

    /// <summary>Ends the graph and gives the message with which it is refused.</summary>
    internal static string Refusal(OnnxTestGraph graph) => Refusal(graph.End().ToByteArray());

    /// <summary>The message with which a file is refused.</summary>
    internal static string Refusal(byte[] file) => Assert.Throws<DigitMLException>(() => DigitModel.Load(new MemoryStream(file), "model.onnx")).Message;

    /// <summary>Distinct small numbers: 0.1, -0.2, 0.3, ...</summary>
    internal static (int[] Dims, float[] Values) Numbers(params int[] dims) =>
        (dims, [.. Enumerable.Range(1, dims.Aggregate(1, (product, dim) => product * dim)).Select(i => (i % 2 == 0 ? -0.1f : 0.1f) * (1 + i % 13))]);

    private static TensorProto Integers(string name, long[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.AddRange(values);
        return tensor;
    }

    private static TensorProto Named(TensorProto tensor, string name)
    {
        tensor.Name = name;
        return tensor;
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case int number: (attribute.I, attribute.Type) = (number, AttributeProto.Types.AttributeType.Int); break;
            case float number: (attribute.F, attribute.Type) = (number, AttributeProto.Types.AttributeType.Float); break;
            case string text: (attribute.S, attribute.Type) = (ByteString.CopyFromUtf8(text), AttributeProto.Types.AttributeType.String); break;
            case TensorProto tensor: (attribute.T, attribute.Type) = (tensor, AttributeProto.Types.AttributeType.Tensor); break;
            case int[] numbers:
                attribute.Type = AttributeProto.Types.AttributeType.Ints;
                attribute.Ints.AddRange(numbers.Select(number => (long)number));
                break;
            default: throw new ArgumentException($"{value}");
        }

        return attribute;
    }

    private static ValueInfoProto Value(string name, long[] dims, DataType type)
    {
        var shape = new TensorShapeProto();
        foreach (long dim in dims)
        {
            shape.Dim.Add(dim == 0 ? new TensorShapeProto.Types.Dimension { DimParam = "batch" } : new TensorShapeProto.Types.Dimension { DimValue = dim });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }
}
