using System.Security.Cryptography;
using DigitML.Engine;
using DigitML.Engine.Networks;
using DigitML.Model.Networks;
using Google.Protobuf;

namespace DigitML.Model.Onnx;

/// <summary>
/// What a file keeps besides its graph so that training can go on: the trained network as JSON in the metadata (dropout and batch norm
/// included), and, in the format's own place for it (training_info), the tensors that the graph does not hold because they were folded. It
/// counts only for the graph it was written with, by checksum: where another program has changed the graph, the graph is the model.
/// </summary>
internal static class OnnxTrainingPart
{
    /// <summary>Adds a model's training part to its file, whose graph is written already.</summary>
    internal static void Write(ModelProto file, NetworkWeights weights)
    {
        OnnxMetadata.Add(file, OnnxMetadata.NetworkKey, NetworkDocument.Write(weights.Network));
        OnnxMetadata.Add(file, OnnxMetadata.GraphChecksumKey, Checksum(file.Graph));
        HashSet<string> held = [.. file.Graph.Initializer.Select(tensor => tensor.Name)];
        TensorProto[] folded = [.. weights.Tensors.Where(tensor => !held.Contains(tensor.Name))
            .Select(tensor => OnnxTensor.Float(tensor.Name, tensor.Spec.Dims, tensor.Values))];
        if (folded.Length == 0) return;
        var start = new GraphProto { Name = "training" };
        start.Initializer.AddRange(folded);
        file.TrainingInfo.Add(new TrainingInfoProto { Initialization = start });
    }

    /// <summary>The trained network and its weights; null where the file has none for its graph.</summary>
    /// <exception cref="DigitMLException">The network's text or a tensor is damaged.</exception>
    internal static NetworkWeights? Read(string name, ModelProto file)
    {
        if (OnnxMetadata.Find(file, OnnxMetadata.NetworkKey) is not { } json) return null;
        if (OnnxMetadata.Find(file, OnnxMetadata.GraphChecksumKey) != Checksum(file.Graph)) return null;
        Network network;
        try
        {
            network = NetworkDocument.Read(json);
            NetworkLimits.Check(network);
        }
        catch (DigitMLException failure)
        {
            throw new DigitMLException(
                $"{name}: its metadata \"{OnnxMetadata.NetworkKey}\" is not a network: {failure.Message.TrimEnd('.')}.", failure);
        }

        Dictionary<string, TensorProto> held = [];
        foreach (TensorProto tensor in file.TrainingInfo.SelectMany(part => part.Initialization?.Initializer ?? []).Concat(file.Graph.Initializer))
        {
            held[tensor.Name] = tensor;
        }

        // Memory is only taken for what the file holds.
        return new NetworkWeights(network, [.. network.Layers.SelectMany(layer =>
            layer.Parameters.Select(spec => ReadTensor(name, held, $"{layer.Name}.{spec.Name}", spec)))]);
    }

    private static float[] ReadTensor(string file, Dictionary<string, TensorProto> held, string name, ParameterSpec spec)
    {
        if (!held.TryGetValue(name, out TensorProto? tensor))
        {
            throw new DigitMLException($"{file}: the tensor \"{name}\" of its trained network is missing.");
        }

        OnnxTensor<float> read = OnnxTensor.ReadFloats(file, tensor);
        return read.Dims.SequenceEqual(spec.Dims) ? read.Values
            : throw new DigitMLException(
                $"{file}: tensor \"{name}\" is {read.DimsText} but its trained network needs {OnnxTensor.Text(spec.Dims)}.");
    }

    private static string Checksum(GraphProto graph) => Convert.ToHexStringLower(SHA256.HashData(graph.ToByteArray()));
}
