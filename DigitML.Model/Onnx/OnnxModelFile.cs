using System.Security.Cryptography;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Engine;
using DigitML.Model.Contents;
using DigitML.Model.Networks;
using Google.Protobuf;

namespace DigitML.Model.Onnx;

/// <summary>A model as the bytes of an ONNX file.</summary>
internal static class OnnxModelFile
{
    /// <summary>Largest file that is read.</summary>
    internal const long MaximumBytes = 1L << 30;

    // Version 7 is the first with training_info; runtimes from 2020 on read it.
    private const int FormatVersion = 7;
    private const int OldestOperatorSet = 7;

    private static readonly MessageParser<ModelProto> Parser = ModelProto.Parser.WithDiscardUnknownFields(true);

    /// <summary>The bytes of a model; the same model gives the same bytes.</summary>
    /// <exception cref="DigitMLException">A metadata key is reserved for DigitML.</exception>
    internal static byte[] Write(ModelContent model) => ToFile(model, OnnxMetadata.Write).ToByteArray();

    /// <summary>SHA-256 of a model's file without its metadata and its producer, as lower-case hexadecimal digits.</summary>
    internal static string Sha256(ModelContent model) => Convert.ToHexStringLower(SHA256.HashData(ToFile(model, (_, _) => { }).ToByteArray()));

    /// <summary>Reads a model from a file's bytes: the trained networks if the file has them, else the networks of its graph.</summary>
    /// <param name="name">The file name that messages use.</param>
    /// <param name="bytes">All of it.</param>
    /// <exception cref="DigitMLException">It is damaged, is not ONNX, or holds something DigitML cannot run.</exception>
    internal static ModelContent Read(string name, byte[] bytes)
    {
        ModelProto file = Parse(name, bytes);
        OnnxGraph graph = ReadGraph(name, file);
        IReadOnlyList<NetworkWeights>? trained = OnnxTrainingPart.Read(name, file, graph.Prefixes);
        return Model(name, file, trained is null ? graph : graph with { Members = [.. graph.Members.Select((member, i) => member with { Weights = trained[i] })] });
    }

    /// <summary>
    /// Reads only what is needed to predict: the networks of the graph. A training part is ignored, as folding it gives these same networks.
    /// </summary>
    /// <param name="name">The file name that messages use.</param>
    /// <param name="bytes">All of it.</param>
    /// <exception cref="DigitMLException">It is damaged, is not ONNX, or holds something DigitML cannot run.</exception>
    internal static ModelContent ReadForPrediction(string name, byte[] bytes)
    {
        ModelProto file = Parse(name, bytes);
        return Model(name, file, ReadGraph(name, file));
    }

    /// <summary>True if a file's first bytes are those of a zip, as ML.NET writes its models.</summary>
    internal static bool IsZip(ReadOnlySpan<byte> start) => start.StartsWith("PK"u8);

    private static ModelProto ToFile(ModelContent model, Action<ModelProto, ModelMetadata> writeMetadata)
    {
        bool isOneChain = !model.IsEnsemble && model.TestTimeShift == 0;
        var file = new ModelProto { IrVersion = FormatVersion, Graph = isOneChain ? OnnxGraphWriter.Write(model.Members[0]) : OnnxAveragingGraph.Write(model) };
        file.OpsetImport.Add(new OperatorSetIdProto { Version = OnnxGraphWriter.OperatorSet });
        OnnxMetadata.WriteLabels(file, model.Labels);
        writeMetadata(file, model.Metadata);
        OnnxTrainingPart.Write(file, model.Members.Select((member, i) => (isOneChain ? "" : OnnxAveragingGraph.Prefix(i), member.Weights)));
        return file;
    }

    private static OnnxGraph ReadGraph(string name, ModelProto file)
    {
        long operatorSet = OperatorSet(name, file);
        return OnnxAveragingGraph.Is(file.Graph)
            ? OnnxAveragingGraph.Read(name, file.Graph, operatorSet)
            : new OnnxGraph([OnnxNetworkReader.Read(name, file.Graph, operatorSet)], TestTimeShift: 0, Prefixes: [""]);
    }

    private static ModelContent Model(string name, ModelProto file, OnnxGraph graph)
    {
        try
        {
            LabelMap labels = OnnxMetadata.ReadLabels(name, file, graph.Members[0].Network.ClassCount);
            return new ModelContent(graph.Members, labels, graph.TestTimeShift, OnnxMetadata.Read(name, file));
        }
        catch (DigitMLException failure) when (!failure.Message.StartsWith($"{name}:", StringComparison.Ordinal))
        {
            throw new DigitMLException($"{name}: {failure.Message}", failure);
        }
    }

    private static ModelProto Parse(string name, byte[] bytes)
    {
        if (IsZip(bytes))
        {
            throw new DigitMLException(
                $"{name} is a zip, as models of ML.NET's own trainers are; they cannot be exported, merged, retrained or loaded here: evaluate, predict, compare and serve take them, and PipelineScorer.Load in an app.");
        }

        ModelProto file;
        try
        {
            file = Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new DigitMLException($"{name} is damaged, truncated, or not an ONNX model at all.", failure);
        }

        if (file.Graph is null || file.IrVersion <= 0) throw new DigitMLException($"{name} is not an ONNX model: it holds no graph.");
        return file;
    }

    private static long OperatorSet(string name, ModelProto file)
    {
        OperatorSetIdProto? set = file.OpsetImport.FirstOrDefault(entry => entry.Domain is "" or "ai.onnx");
        if (set is null) throw new DigitMLException($"{name}: it does not say which version of ONNX's operators it uses (opset_import).");
        return set.Version >= OldestOperatorSet ? set.Version
            : throw new DigitMLException(
                $"{name}: it uses version {set.Version} of ONNX's operators; DigitML reads version {OldestOperatorSet} and later.");
    }
}
