using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Model.Onnx;

/// <summary>
/// The values of a graph that do not depend on its input: initializers, Constant nodes, and constants passed through Identity or Reshape.
/// </summary>
internal sealed class OnnxConstants
{
    private readonly string file;
    private readonly Dictionary<string, TensorProto> tensors = [];
    private readonly Dictionary<string, int[]> otherDims = [];

    /// <summary>Collects a graph's constants.</summary>
    /// <exception cref="DigitMLException">A name appears twice, or a Constant is of a kind that DigitML does not support.</exception>
    internal OnnxConstants(string file, GraphProto graph, IReadOnlyList<OnnxNode> nodes)
    {
        this.file = file;
        foreach (TensorProto tensor in graph.Initializer)
        {
            if (!tensors.TryAdd(tensor.Name, tensor)) throw new DigitMLException($"{file}: the tensor \"{tensor.Name}\" appears twice.");
        }

        // ONNX nodes are in topological order.
        foreach (OnnxNode node in nodes)
        {
            if (node.Operator == "Constant") AddConstant(node);
            else if (node.Operator == "Identity" && node.Inputs.Count == 1 && tensors.TryGetValue(node.Inputs[0], out TensorProto? tensor)) Add(node, tensor);
            else if (node.Operator == "Reshape" && node.Inputs.Count == 2 && node.Inputs.All(tensors.ContainsKey)) AddReshaped(node);
        }
    }

    /// <summary>True if there is a constant with this name.</summary>
    internal bool Contains(string name) => tensors.ContainsKey(name);

    /// <summary>The numbers of a constant that a node uses.</summary>
    /// <exception cref="DigitMLException">It is computed, missing, damaged or of another type.</exception>
    internal OnnxTensor<float> Floats(OnnxNode node, int input)
    {
        string name = Name(node, input);
        OnnxTensor<float> tensor = OnnxTensor.ReadFloats(file, tensors[name]);
        return otherDims.TryGetValue(name, out int[]? dims) ? tensor with { Dims = [.. dims] } : tensor;
    }

    /// <summary>The whole numbers of a constant that a node uses.</summary>
    /// <exception cref="DigitMLException">It is computed, missing, damaged or of another type.</exception>
    internal long[] Integers(OnnxNode node, int input) => OnnxTensor.ReadIntegers(file, tensors[Name(node, input)]).Values;

    private string Name(OnnxNode node, int input)
    {
        string name = input < node.Inputs.Count ? node.Inputs[input] : "";
        if (name.Length == 0) throw node.Failure($"has no input {input + 1}");
        return tensors.ContainsKey(name) ? name : throw node.Failure($"uses \"{name}\", which is not a constant in this file");
    }

    private void AddConstant(OnnxNode node)
    {
        TensorProto tensor = node.Has("value_float") ? OnnxTensor.Float(node.Output, [], [node.Float("value_float", 0)]) : node.Tensor("value");
        Add(node, tensor);
    }

    private void AddReshaped(OnnxNode node)
    {
        OnnxTensor<float> tensor = Floats(node, 0);
        long[] wanted = Integers(node, 1);
        for (int d = 0; d < wanted.Length; d++)
        {
            if (wanted[d] == 0 && d < tensor.Dims.Length) wanted[d] = tensor.Dims[d];
        }

        Int128 known = wanted.Where(size => size != -1).Aggregate((Int128)1, (product, size) => Int128.Clamp(product * size, -1, long.MaxValue));
        int open = Array.IndexOf(wanted, -1);
        if (open >= 0 && known > 0 && tensor.Values.Length % known == 0)
        {
            wanted[open] = (long)(tensor.Values.Length / known);
            known *= wanted[open];
        }

        if (known != tensor.Values.Length || wanted.Any(size => size < 0))
        {
            throw node.Failure($"reshapes {DisplayText.Count(tensor.Values.Length, "value")} to {OnnxTensor.Text(wanted)}");
        }

        Add(node, tensors[node.Inputs[0]]);
        otherDims[node.Output] = [.. wanted.Select(size => (int)size)];
    }

    private void Add(OnnxNode node, TensorProto tensor)
    {
        if (!tensors.TryAdd(node.Output, tensor)) throw new DigitMLException($"{file}: the tensor \"{node.Output}\" appears twice.");
        if (node.Operator == "Identity" && otherDims.TryGetValue(node.Inputs[0], out int[]? dims)) otherDims[node.Output] = dims;
    }
}
