using DigitML.Engine;
using DigitML.Engine.Networks;
using DigitML.Model.Networks;

namespace DigitML.Model.Onnx;

/// <summary>Reads the shape of a graph's input: grey images [N, 1, H, W], or flattened images [N, H x W].</summary>
internal static class OnnxInput
{
    /// <summary>The shape of one sample: an image or a vector.</summary>
    /// <exception cref="DigitMLException">It is neither, its sizes are not given, or its values have a type that DigitML does not feed.</exception>
    internal static Shape Shape(string file, OnnxChain chain)
    {
        ValueInfoProto input = chain.Input;
        TypeProto.Types.Tensor? type = input.Type?.TensorType;
        var element = (TensorProto.Types.DataType)(type?.ElemType ?? 0);
        bool isCastFirst = element == TensorProto.Types.DataType.Uint8 && chain.Nodes.Count > 0 && chain.Nodes[0].Operator == "Cast";
        if (element != TensorProto.Types.DataType.Float && !isCastFirst)
        {
            throw new DigitMLException(
                $"{file}: its input \"{input.Name}\" holds {element.ToString().ToUpperInvariant()} values; DigitML feeds FLOAT.");
        }

        // A missing size is 0, which is never valid.
        var sizes = new long[type?.Shape?.Dim.Count ?? 0];
        for (int d = 0; d < sizes.Length; d++) sizes[d] = type!.Shape.Dim[d].DimValue;
        if (sizes is [_, 1, >= 1 and <= NetworkLimits.MaximumWindow, >= 1 and <= NetworkLimits.MaximumWindow])
        {
            return Engine.Networks.Shape.Image((int)sizes[2], (int)sizes[3], 1);
        }

        if (sizes is [_, >= 1 and <= NetworkLimits.MaximumSampleSize]) return Engine.Networks.Shape.Vector((int)sizes[1]);
        string found = string.Join(", ", (type?.Shape?.Dim ?? []).Select(dim => dim.DimParam.Length > 0 ? dim.DimParam : $"{dim.DimValue}"));
        throw new DigitMLException(
            $"{file}: its input \"{input.Name}\" is [{found}]; DigitML reads only networks for grey images, [N, 1, height, width].");
    }
}
