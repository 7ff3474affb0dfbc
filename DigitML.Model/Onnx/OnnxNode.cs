using DigitML.Engine;
using DigitML.Engine.Networks;
using DigitML.Model.Networks;

namespace DigitML.Model.Onnx;

/// <summary>A node of a file's graph with checked access to its attributes; failures name the file, the operator and the node.</summary>
internal sealed class OnnxNode(string file, NodeProto node)
{
    /// <summary>The operator, with its domain unless that is ONNX's own.</summary>
    internal string Operator { get; } = node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}";

    /// <summary>Its name, or that of its output if it has none.</summary>
    internal string Name { get; } = node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault() ?? "";

    /// <summary>Names of its inputs; "" for an omitted one.</summary>
    internal IReadOnlyList<string> Inputs => node.Input;

    /// <summary>Names of its outputs.</summary>
    internal IReadOnlyList<string> Outputs => node.Output;

    /// <summary>The first output's name.</summary>
    internal string Output => node.Output.Count > 0 ? node.Output[0] : throw Failure("has no output");

    /// <summary>A failure of this node: "model.onnx: Conv (node "c1") ...".</summary>
    internal DigitMLException Failure(string message) => new($"{file}: {Operator} (node \"{Name}\") {message}.");

    /// <summary>A number that is computed from this node's constants, as a 32-bit float.</summary>
    /// <exception cref="DigitMLException">It is too large for one.</exception>
    internal float Single(double value) => float.IsFinite((float)value) ? (float)value : throw Failure("gives a value that is too large for a 32-bit float");

    /// <summary>True if the attribute is present.</summary>
    internal bool Has(string name) => Find(name) is not null;

    /// <summary>An integer attribute, or the format's default.</summary>
    internal long Integer(string name, long otherwise) => Find(name) is not { } attribute ? otherwise
        : attribute.HasI || attribute.Type == AttributeProto.Types.AttributeType.Int ? attribute.I : throw Failure($"has an attribute {name} that is not a whole number");

    /// <summary>A number attribute, or the format's default.</summary>
    internal float Float(string name, float otherwise) => Find(name) is not { } attribute ? otherwise
        : (attribute.HasF || attribute.Type == AttributeProto.Types.AttributeType.Float) && float.IsFinite(attribute.F) ? attribute.F
        : throw Failure($"has an attribute {name} that is not a number");

    /// <summary>A string attribute, or the format's default.</summary>
    internal string Text(string name, string otherwise) => Find(name)?.S.ToStringUtf8() ?? otherwise;

    /// <summary>A tensor attribute.</summary>
    internal TensorProto Tensor(string name) => Find(name)?.T ?? throw Failure($"has no {name} that DigitML can read");

    /// <summary>A list of small whole numbers, or the format's default.</summary>
    internal int[] Integers(string name, int count, int minimum, int[] otherwise)
    {
        if (Find(name) is not { } attribute) return otherwise;
        var integers = new int[attribute.Ints.Count];
        bool isRunnable = integers.Length == count;
        for (int i = 0; i < integers.Length; i++)
        {
            isRunnable &= attribute.Ints[i] >= minimum && attribute.Ints[i] <= NetworkLimits.MaximumWindow;
            integers[i] = (int)attribute.Ints[i];
        }

        return isRunnable ? integers
            : throw Failure($"has {name} {OnnxTensor.Text(attribute.Ints)}; DigitML runs {count} whole numbers from {minimum} to {NetworkLimits.MaximumWindow}");
    }

    /// <summary>A height and a width; 1x1 by default.</summary>
    internal Size2D Size(string name)
    {
        int[] sides = Integers(name, 2, 1, [1, 1]);
        return new Size2D(sides[0], sides[1]);
    }

    /// <summary>Refuses an attribute unless it has the one value that DigitML supports.</summary>
    internal void RequireInteger(string name, long only, long otherwise)
    {
        long value = Integer(name, otherwise);
        if (value != only) throw Failure($"has {name} {value}; DigitML runs {name} {only}");
    }

    /// <summary>The padding that pads or auto_pad specify for an input.</summary>
    internal Padding Padding(Shape input, Size2D window, Size2D stride)
    {
        string automatic = Text("auto_pad", "NOTSET");
        switch (automatic)
        {
            case "NOTSET" or "":
                int[] pads = Integers("pads", 4, 0, [0, 0, 0, 0]);
                return Engine.Networks.Padding.Of(pads[0], pads[1], pads[2], pads[3]);
            case "VALID":
                return Engine.Networks.Padding.Valid;
            case "SAME_UPPER":
                return Engine.Networks.Padding.Same;
            case "SAME_LOWER":
                // An odd row or column goes to the other side.
                Margins upper = Engine.Networks.Padding.Same.Resolve(input.Height, input.Width, window, stride);
                return Engine.Networks.Padding.Of(upper.Bottom, upper.Right, upper.Top, upper.Left);
            default:
                throw Failure($"has auto_pad \"{automatic}\"; DigitML runs NOTSET, VALID, SAME_UPPER and SAME_LOWER");
        }
    }

    private AttributeProto? Find(string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
}
