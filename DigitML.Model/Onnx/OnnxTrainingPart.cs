using System.Security.Cryptography;
using DigitML.Engine;
using DigitML.Engine.Networks;
using DigitML.Model.Networks;
using Google.Protobuf;

namespace DigitML.Model.Onnx;

/// <summary>
/// What a file stores besides its graph so that training can continue: each trained network as JSON in the metadata (dropout and batch norm
/// included), and, in the format's own place for it (training_info), the tensors that the graph does not hold because they were folded. It
/// is used only with the graph it was written with, verified by checksum: if another program has changed the graph, the graph is the model.
/// </summary>
internal static class OnnxTrainingPart
{
    /// <summary>Adds the training part to a file whose graph is written already.</summary>
    /// <param name="file">The file.</param>
    /// <param name="members">Each trained network, and the prefix of the names in its part of the graph.</param>
    internal static void Write(ModelProto file, IEnumerable<(string Prefix, NetworkWeights Weights)> members)
    {
        HashSet<string> held = [.. file.Graph.Initializer.Select(tensor => tensor.Name)];
        var start = new GraphProto { Name = "training" };
        foreach (var (prefix, weights) in members)
        {
            OnnxMetadata.Add(file, OnnxMetadata.NetworkKey(prefix), NetworkDocument.Write(weights.Network));
            start.Initializer.AddRange(weights.Tensors.Where(tensor => !held.Contains(prefix + tensor.Name))
                .Select(tensor => OnnxTensor.Float(prefix + tensor.Name, tensor.Spec.Dims, tensor.Values)));
        }

        OnnxMetadata.Add(file, OnnxMetadata.GraphChecksumKey, Checksum(file.Graph));
        if (start.Initializer.Count > 0) file.TrainingInfo.Add(new TrainingInfoProto { Initialization = start });
    }

    /// <summary>The trained networks and their weights; null if the file has none for its graph.</summary>
    /// <param name="name">The file name that messages use.</param>
    /// <param name="file">The file.</param>
    /// <param name="prefixes">Prefix of the names of each network's part of the graph.</param>
    /// <exception cref="DigitMLException">A network's JSON or a tensor is damaged.</exception>
    internal static IReadOnlyList<NetworkWeights>? Read(string name, ModelProto file, IReadOnlyList<string> prefixes)
    {
        if (prefixes.Any(prefix => OnnxMetadata.Find(file, OnnxMetadata.NetworkKey(prefix)) is null)) return null;
        if (OnnxMetadata.Find(file, OnnxMetadata.GraphChecksumKey) != Checksum(file.Graph)) return null;
        Dictionary<string, TensorProto> held = [];
        foreach (TensorProto tensor in file.TrainingInfo.SelectMany(part => part.Initialization?.Initializer ?? []).Concat(file.Graph.Initializer))
        {
            held[tensor.Name] = tensor;
        }

        return [.. prefixes.Select(prefix => ReadWeights(name, prefix, ReadNetwork(name, file, OnnxMetadata.NetworkKey(prefix)), held))];
    }

    private static Network ReadNetwork(string name, ModelProto file, string key)
    {
        try
        {
            Network network = NetworkDocument.Read(OnnxMetadata.Find(file, key)!);
            NetworkLimits.Check(network);
            return network;
        }
        catch (DigitMLException failure)
        {
            throw new DigitMLException($"{name}: its metadata \"{key}\" is not a network: {failure.Message.TrimEnd('.')}.", failure);
        }
    }

    // Memory is allocated only for what the file contains.
    private static NetworkWeights ReadWeights(string name, string prefix, Network network, Dictionary<string, TensorProto> held) =>
        new(network, [.. network.Layers.SelectMany(layer => layer.Parameters.Select(spec => ReadTensor(name, held, $"{prefix}{layer.Name}.{spec.Name}", spec)))]);

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
