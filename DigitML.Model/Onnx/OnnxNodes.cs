using DigitML.Engine.Networks;

namespace DigitML.Model.Onnx;

/// <summary>Makes nodes and their attributes.</summary>
internal static class OnnxNodes
{
    /// <summary>A node named after its one output.</summary>
    internal static NodeProto Node(string operation, string output, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        foreach (AttributeProto attribute in attributes) node.Attribute.Add(attribute);
        return node;
    }

    /// <summary>A whole number.</summary>
    internal static AttributeProto Integer(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>A number.</summary>
    internal static AttributeProto Float(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    /// <summary>A text.</summary>
    internal static AttributeProto Text(string name, string value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = Google.Protobuf.ByteString.CopyFromUtf8(value) };

    /// <summary>A height and a width.</summary>
    internal static AttributeProto Integers(string name, Size2D size) => Integers(name, size.Height, size.Width);

    /// <summary>Whole numbers.</summary>
    internal static AttributeProto Integers(string name, params ReadOnlySpan<int> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (int value in values) attribute.Ints.Add(value);
        return attribute;
    }
}
