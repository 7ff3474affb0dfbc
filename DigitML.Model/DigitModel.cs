using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Files;
using DigitML.Engine.Networks;
using DigitML.Model.Files;
using DigitML.Model.Onnx;

namespace DigitML.Model;

/// <summary>
/// A trained network with everything that is needed to use it or to train it further: weights, labels, the normalisation of pixels, and where
/// it comes from. It is kept in an ONNX file that other runtimes open too.
/// </summary>
public sealed class DigitModel
{
    /// <summary>Puts a model together.</summary>
    /// <param name="weights">The weights, with the network they belong to.</param>
    /// <param name="labels">One label for each class of the network.</param>
    /// <param name="normalization">How the network was shown pixels of 0 .. 255.</param>
    /// <param name="metadata">How it came to be.</param>
    /// <exception cref="DigitMLException">The network does not take one grey image, or there is not one label a class.</exception>
    public DigitModel(NetworkWeights weights, LabelMap labels, PixelNormalization normalization, ModelMetadata? metadata = null)
    {
        Shape input = weights.Network.InputShape;
        if (input.IsVector || input.Channels != 1)
        {
            throw new DigitMLException(
                $"Network \"{weights.Network.Name}\" takes an input of {input}; a digit model takes a grey image (height x width x 1).");
        }

        if (labels.Count != weights.Network.ClassCount)
        {
            throw new DigitMLException(
                $"Network \"{weights.Network.Name}\" has {weights.Network.ClassCount} classes but there are {labels.Count} labels; there is one label a class.");
        }

        Weights = weights;
        Labels = labels;
        Normalization = normalization;
        Metadata = metadata ?? new ModelMetadata();
    }

    /// <summary>The network as it was trained, dropout and batch norm included.</summary>
    public Network Network => Weights.Network;

    /// <summary>Its weights.</summary>
    public NetworkWeights Weights { get; }

    /// <summary>What its classes are called.</summary>
    public LabelMap Labels { get; }

    /// <summary>How a pixel of 0 .. 255 becomes the value the network sees.</summary>
    public PixelNormalization Normalization { get; }

    /// <summary>How it came to be.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>Reads an ONNX file: one of ours, or any that is one chain of the layers DigitML has.</summary>
    /// <exception cref="DigitMLException">The file cannot be read or holds something DigitML cannot run; the message is one line.</exception>
    public static DigitModel Load(string path) =>
        OneLine.Read(() => OnnxModelFile.Read(path, InputFile.Read(path, OnnxModelFile.MaximumBytes)));

    /// <summary>Reads an ONNX model from a stream, to its end.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DigitMLException">The stream holds something DigitML cannot run; the message is one line.</exception>
    public static DigitModel Load(Stream stream, string name = "model") =>
        OneLine.Read(() => OnnxModelFile.Read(name, InputFile.Read(stream, name, OnnxModelFile.MaximumBytes)));

    /// <summary>Reads what predicts in an ONNX file, as <see cref="DigitClassifier"/> needs it, and nothing more.</summary>
    /// <exception cref="DigitMLException">As for <see cref="Load(string)"/>.</exception>
    internal static DigitModel LoadForPrediction(string path) =>
        OneLine.Read(() => OnnxModelFile.ReadForPrediction(path, InputFile.Read(path, OnnxModelFile.MaximumBytes)));

    /// <summary>The same of a stream, which stays open.</summary>
    /// <exception cref="DigitMLException">As for <see cref="Load(Stream, string)"/>.</exception>
    internal static DigitModel LoadForPrediction(Stream stream) =>
        OneLine.Read(() => OnnxModelFile.ReadForPrediction("model", InputFile.Read(stream, "model", OnnxModelFile.MaximumBytes)));

    /// <summary>
    /// Writes the model as an ONNX file, whole or not at all: to a temporary name, flushed to the disk, renamed. The same model gives the same
    /// bytes.
    /// </summary>
    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public void Save(string path) => AtomicFile.WriteBytes(path, OnnxModelFile.Write(this));

    /// <summary>Writes the model as ONNX to a stream, which stays open.</summary>
    public void Save(Stream stream) => stream.Write(OnnxModelFile.Write(this));
}
