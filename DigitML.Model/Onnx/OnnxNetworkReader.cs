using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Engine;
using DigitML.Model.Contents;
using DigitML.Model.Files;
using DigitML.Model.Networks;

namespace DigitML.Model.Onnx;

/// <summary>Turns a chain of ONNX nodes into layers and weights.</summary>
internal sealed class OnnxNetworkReader
{
    private readonly string file;
    private readonly OnnxConstants constants;
    private readonly OnnxLayerList layers;
    private readonly long operatorSet;

    private OnnxNetworkReader(string file, OnnxChain chain, long operatorSet)
    {
        this.file = file;
        this.operatorSet = operatorSet;
        constants = chain.Constants;
        layers = new OnnxLayerList(OnnxInput.Shape(file, chain));
    }

    /// <summary>Reads the network of a graph.</summary>
    /// <exception cref="DigitMLException">It is not a chain, or DigitML cannot run one of its nodes.</exception>
    internal static ModelMember Read(string file, GraphProto graph, long operatorSet)
    {
        OnnxChain chain = OnnxChain.Follow(file, graph);
        var reader = new OnnxNetworkReader(file, chain, operatorSet);
        foreach (OnnxNode node in chain.Nodes) reader.Add(node);
        return reader.Finish(graph.Name.Length > 0 ? graph.Name : Path.GetFileNameWithoutExtension(file));
    }

    private void Add(OnnxNode node)
    {
        switch (node.Operator)
        {
            case "Conv": AddConvolution(node); break;
            case "Gemm": AddGemm(node); break;
            case "MatMul": AddMatMul(node); break;
            case "Relu": layers.Add(node, new ReLU()); break;
            case "MaxPool" or "AveragePool": AddPool(node); break;
            case "GlobalAveragePool": layers.Add(node, new AveragePool2D(new Size2D(layers.Shape.Height, layers.Shape.Width))); break;
            case "BatchNormalization": AddBatchNorm(node); break;
            case "Flatten": AddFlatten(node); break;
            case "Reshape": AddReshape(node); break;
            case "Softmax": AddSoftmax(node); break;
            case "Dropout": AddDropout(node); break;
            case "Add" or "Sub" or "Mul" or "Div": AddArithmetic(node); break;
            case "Resize": AddResize(node); break;
            case "Cast": node.RequireInteger("to", (int)TensorProto.Types.DataType.Float, otherwise: 0); break;
            case "Identity": break;
            default: throw node.Failure("is in a position where DigitML cannot run it");
        }
    }

    private ModelMember Finish(string name)
    {
        layers.FlattenPoint();
        Network network;
        try
        {
            network = layers.ToNetwork(name);
            NetworkLimits.Check(network);
        }
        catch (DigitMLException failure)
        {
            throw new DigitMLException($"{file}: {failure.Message}", failure);
        }

        return new ModelMember(layers.ToWeights(network), layers.Normalization);
    }

    private void AddConvolution(OnnxNode node)
    {
        node.RequireInteger("group", only: 1, otherwise: 1);
        if (node.Integers("dilations", 2, 1, [1, 1]) is not [1, 1]) throw node.Failure("is dilated; DigitML runs dilations of 1");
        OnnxTensor<float> weight = constants.Floats(node, 1);
        if (weight.Dims.Length != 4)
        {
            throw node.Failure($"has a weight of {weight.DimsText}; DigitML runs 2-D convolutions, [filters, channels, rows, columns]");
        }

        var kernel = new Size2D(weight.Dims[2], weight.Dims[3]);
        if (node.Has("kernel_shape") && node.Size("kernel_shape") != kernel)
        {
            throw node.Failure($"has kernel_shape {node.Size("kernel_shape")} but a weight of {weight.DimsText}");
        }

        Shape input = layers.Shape;
        if (weight.Dims[1] != input.Channels) throw node.Failure($"has a weight of {weight.DimsText} but gets an image of {input}");
        Size2D stride = node.Size("strides");
        float[]? bias = Bias(node, weight.Dims[0]);
        layers.Add(node, new Conv2D(weight.Dims[0], kernel, node.Padding(input, kernel, stride), stride, bias is not null), Values(weight.Values, bias));
    }

    private float[]? Bias(OnnxNode node, int count)
    {
        if (node.Inputs.Count < 3 || node.Inputs[2].Length == 0) return null;
        OnnxTensor<float> bias = constants.Floats(node, 2);
        return bias.Values.Length == count ? bias.Values : throw node.Failure($"has a bias of {bias.DimsText}; it has {DisplayText.Count(count, "output")}");
    }

    private void AddGemm(OnnxNode node)
    {
        node.RequireInteger("transA", only: 0, otherwise: 0);
        float alpha = node.Float("alpha", 1), beta = node.Float("beta", 1);
        AddDense(node, isTransposed: node.Integer("transB", 0) != 0, alpha);
        if (node.Inputs.Count < 3 || node.Inputs[2].Length == 0) return;
        OnnxTensor<float> c = constants.Floats(node, 2);
        if (OnnxBroadcast.ToChannels(c, layers.Shape) is not { } bias)
        {
            throw node.Failure($"adds values of {c.DimsText} to a vector of {layers.Shape}");
        }

        layers.AddAffine(node, factors: null, offsets: Array.ConvertAll(bias, value => value * beta));
    }

    private void AddMatMul(OnnxNode node)
    {
        if (constants.Contains(node.Inputs[0])) throw node.Failure("multiplies a constant by a value; DigitML runs only a value times a constant");
        AddDense(node, isTransposed: false, alpha: 1);
    }

    private void AddDense(OnnxNode node, bool isTransposed, float alpha)
    {
        OnnxTensor<float> weight = constants.Floats(node, 1);
        if (weight.Dims.Length != 2) throw node.Failure($"has a weight of {weight.DimsText}; DigitML runs matrices");
        var (inputs, outputs) = isTransposed ? (weight.Dims[1], weight.Dims[0]) : (weight.Dims[0], weight.Dims[1]);
        if (!layers.Shape.IsVector || inputs != layers.Shape.Channels)
        {
            throw node.Failure($"has a weight of {weight.DimsText} but gets {layers.ShapeText}");
        }

        float[] values = weight.Values;
        if (!isTransposed || alpha != 1)
        {
            values = new float[weight.Values.Length];
            for (int o = 0; o < outputs; o++)
            {
                for (int i = 0; i < inputs; i++) values[o * inputs + i] = node.Single((double)alpha * weight.Values[isTransposed ? o * inputs + i : i * outputs + o]);
            }
        }

        layers.Add(node, new Dense(outputs, UseBias: false), values);
    }

    private void AddPool(OnnxNode node)
    {
        if (node.Integers("dilations", 2, 1, [1, 1]) is not [1, 1]) throw node.Failure("is dilated; DigitML runs dilations of 1");
        if (!node.Has("kernel_shape")) throw node.Failure("has no kernel_shape");
        Size2D window = node.Size("kernel_shape"), stride = node.Size("strides");
        Shape input = layers.Shape;
        Padding padding = node.Padding(input, window, stride);
        Margins margins = padding.Resolve(input.Height, input.Width, window, stride);
        bool leavesRest = (input.Height + margins.Top + margins.Bottom - window.Height) % stride.Height != 0
            || (input.Width + margins.Left + margins.Right - window.Width) % stride.Width != 0;
        if (node.Integer("ceil_mode", 0) != 0 && leavesRest) throw node.Failure("has ceil_mode 1; DigitML runs ceil_mode 0");
        if (node.Operator == "MaxPool")
        {
            layers.Add(node, new MaxPool2D(window, stride, padding));
            return;
        }

        if (node.Integer("count_include_pad", 0) != 0 && margins != default)
        {
            throw node.Failure("has count_include_pad 1; DigitML runs count_include_pad 0");
        }

        layers.Add(node, new AveragePool2D(window, stride, padding));
    }

    private void AddResize(OnnxNode node)
    {
        const string rule = "DigitML runs the mode \"linear\" between \"half_pixel\" positions";
        string mode = node.Text("mode", "nearest"), positions = node.Text("coordinate_transformation_mode", "half_pixel");
        if (mode != "linear" || positions != "half_pixel") throw node.Failure($"has the mode \"{mode}\" and \"{positions}\" positions; {rule}");
        if (node.Inputs.Count != 3) throw node.Failure("has no scales; DigitML runs a Resize by scales");
        float[] scales = constants.Floats(node, 2).Values;
        if (scales is not [1, 1, > 0, > 0] || layers.Shape.IsVector) throw node.Failure($"scales {layers.ShapeText} by [{string.Join(", ", scales)}]; DigitML scales rows and columns of an image");
        layers.Add(node, new Resizing(Side(layers.Shape.Height, scales[2]), Side(layers.Shape.Width, scales[3])));

        // The scale, not the size, gives the positions.
        int Side(int from, float scale)
        {
            double side = Math.Floor((double)scale * from);
            return side is >= 1 and <= NetworkLimits.MaximumWindow && Math.Abs((double)scale * from - side) < 1e-4 * side ? (int)side
                : throw node.Failure($"scales a side of {from} by {scale}; DigitML scales to a whole number of 1 to {NetworkLimits.MaximumWindow}");
        }
    }

    private void AddBatchNorm(OnnxNode node)
    {
        node.RequireInteger("training_mode", only: 0, otherwise: 0);
        var values = new float[4][];
        for (int t = 0; t < values.Length; t++) values[t] = constants.Floats(node, t + 1).Values;
        if (values.Any(list => list.Length != layers.Shape.Channels))
        {
            throw node.Failure($"does not have one value per channel; it gets {layers.ShapeText}");
        }

        float epsilon = node.Float("epsilon", 1e-5f);
        foreach (float variance in values[3])
        {
            if (variance + epsilon <= 0) throw node.Failure("has a variance below 0");
        }

        layers.Add(node, new BatchNorm(Epsilon: epsilon), values);
    }

    private void AddFlatten(OnnxNode node)
    {
        long axis = node.Integer("axis", 1);
        int rank = layers.Shape.IsVector ? 2 : 4;
        if (axis != 1 && axis != 1 - rank) throw node.Failure($"has axis {axis}; DigitML runs axis 1");
        layers.Flatten(node);
    }

    private void AddReshape(OnnxNode node)
    {
        long[] sizes = constants.Integers(node, 1);
        Shape shape = layers.Shape;
        bool Fits(int place, long size) => sizes[place] == size || sizes[place] == -1;
        if (sizes.Length == 2 && Fits(1, shape.Size))
        {
            layers.Flatten(node);
        }
        else if (sizes.Length == 4 && !shape.IsVector && Fits(1, shape.Channels) && Fits(2, shape.Height) && Fits(3, shape.Width))
        {
            return;
        }
        else if (!(sizes.Length == 4 && sizes[1] == 1 && layers.TryShapeInput(sizes[2], sizes[3])))
        {
            throw node.Failure($"gives {layers.ShapeText} the sizes {OnnxTensor.Text(sizes)}; DigitML runs a Reshape that flattens");
        }
    }

    private void AddSoftmax(OnnxNode node)
    {
        bool isPoint = !layers.Shape.IsVector && layers.Shape is { Height: 1, Width: 1 };
        long axis = node.Integer("axis", operatorSet >= 13 ? -1 : 1);
        if (axis != 1 && !(axis == -1 && layers.Shape.IsVector) && !(axis == -3 && isPoint))
        {
            throw node.Failure($"has axis {axis}; DigitML runs it over the classes, axis 1");
        }

        layers.FlattenPoint();
        layers.Add(node, new Softmax());
    }

    private void AddDropout(OnnxNode node)
    {
        float rate = node.Float("ratio", 0.5f);
        if (node.Inputs.Count > 1 && node.Inputs[1].Length > 0) rate = constants.Floats(node, 1).Values is [float only] ? only : rate;
        layers.Add(node, new Dropout(rate));
    }

    private void AddArithmetic(OnnxNode node)
    {
        if (node.Inputs.Count != 2) throw node.Failure($"has {DisplayText.Count(node.Inputs.Count, "input")}; it takes 2");
        bool isFirst = constants.Contains(node.Inputs[0]);
        OnnxTensor<float> tensor = constants.Floats(node, isFirst ? 0 : 1);
        if (OnnxBroadcast.ToChannels(tensor, layers.Shape) is not { } values)
        {
            throw node.Failure($"uses a constant of {tensor.DimsText} on {layers.ShapeText}; DigitML runs one number, or one per channel");
        }

        switch (node.Operator)
        {
            case "Add": layers.AddAffine(node, factors: null, offsets: values); break;
            case "Sub" when !isFirst: layers.AddAffine(node, factors: null, offsets: [.. values.Select(value => -value)]); break;
            case "Sub": layers.AddAffine(node, factors: [.. values.Select(_ => -1.0)], offsets: values); break;
            case "Mul": layers.AddAffine(node, factors: values, offsets: null); break;
            case "Div" when isFirst: throw node.Failure("divides a constant by a value; DigitML divides values by constants");
            case "Div" when values.Contains(0): throw node.Failure("divides by 0");
            default: layers.AddAffine(node, factors: [.. values.Select(value => 1 / value)], offsets: null); break;
        }
    }

    private static float[][] Values(float[] weight, float[]? bias) => bias is null ? [weight] : [weight, bias];
}
