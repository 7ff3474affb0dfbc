using System.Collections.Immutable;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Files;
using DigitML.Engine.Networks;
using DigitML.Model.Contents;
using DigitML.Model.Files;
using DigitML.Model.Onnx;

namespace DigitML.Model;

/// <summary>
/// A trained network, or several whose scores are averaged, with everything that is needed to use it or to train it further: weights, labels, the normalisation of
/// pixels, and where it comes from. It is stored as an ONNX file, which other runtimes open too.
/// </summary>
public sealed class DigitModel
{
    private readonly ModelContent content;

    /// <summary>Creates a model of one network.</summary>
    /// <param name="weights">The weights, with the network they belong to.</param>
    /// <param name="labels">One label for each class of the network.</param>
    /// <param name="normalization">How a pixel of 0 .. 255 becomes the value the network sees.</param>
    /// <param name="metadata">How the model came to be.</param>
    /// <exception cref="DigitMLException">The network does not take one grey image, or there is not one label per class.</exception>
    public DigitModel(NetworkWeights weights, LabelMap labels, PixelNormalization normalization, ModelMetadata? metadata = null)
        : this([new ModelMember(weights ?? throw new ArgumentNullException(nameof(weights)), normalization)], labels, testTimeShift: 0, metadata)
    {
    }

    /// <summary>Creates a model of one or more networks; several are an ensemble, whose scores are the mean of theirs.</summary>
    /// <param name="members">One or more networks for images of one size.</param>
    /// <param name="labels">One label for each class of the networks.</param>
    /// <param name="testTimeShift">
    /// Pixels by which an image is also moved up, down, left and right, zeros coming in; the scores are the mean over the five positions. 0 scores the image as it is.
    /// </param>
    /// <param name="metadata">How the model came to be.</param>
    /// <exception cref="DigitMLException">
    /// There is no network, one does not take one grey image of the common size, there is not one label per class, or the shift leaves nothing of an image.
    /// </exception>
    public DigitModel(IEnumerable<ModelMember> members, LabelMap labels, int testTimeShift = 0, ModelMetadata? metadata = null)
        : this(new ModelContent(members, labels, testTimeShift, metadata))
    {
    }

    private DigitModel(ModelContent content) => this.content = content;

    /// <summary>Its networks, whose scores are averaged; most models have one.</summary>
    public ImmutableArray<ModelMember> Members => content.Members;

    /// <summary>True if it has several networks.</summary>
    public bool IsEnsemble => content.IsEnsemble;

    /// <summary>The network's name, or "ensemble".</summary>
    public string Name => content.Name;

    /// <summary>The images it takes: height x width x 1.</summary>
    public Shape InputShape => content.InputShape;

    /// <summary>The network as it was trained, dropout and batch norm included.</summary>
    /// <exception cref="InvalidOperationException">The model is an ensemble.</exception>
    public Network Network => Only.Network;

    /// <summary>The network's weights.</summary>
    /// <exception cref="InvalidOperationException">The model is an ensemble.</exception>
    public NetworkWeights Weights => Only.Weights;

    /// <summary>How a pixel of 0 .. 255 becomes the value the network sees.</summary>
    /// <exception cref="InvalidOperationException">The model is an ensemble.</exception>
    public PixelNormalization Normalization => Only.Normalization;

    /// <summary>The classes in key order.</summary>
    public LabelMap Labels => content.Labels;

    /// <summary>
    /// Pixels by which an image is also moved up, down, left and right, zeros coming in; the scores are the mean over the five positions. 0 scores the image as it is.
    /// </summary>
    public int TestTimeShift => content.TestTimeShift;

    /// <summary>How it was trained.</summary>
    public ModelMetadata Metadata => content.Metadata;

    private ModelMember Only => !IsEnsemble ? Members[0]
        : throw new InvalidOperationException($"An ensemble of {Members.Length} networks has no one network; see {nameof(Members)}.");

    /// <summary>The same model with other test-time shifts.</summary>
    /// <param name="pixels">See <see cref="TestTimeShift"/>.</param>
    /// <exception cref="DigitMLException">The shift leaves nothing of an image.</exception>
    public DigitModel WithTestTimeShift(int pixels) => pixels == TestTimeShift ? this : new DigitModel(Members, Labels, pixels, Metadata);

    /// <summary>
    /// SHA-256, as 64 lower-case hexadecimal digits, of what the model is: of the file that <see cref="Save(string)"/> writes, without <see cref="Metadata"/> and without the
    /// name and version of the program. It covers the graph (layers, folded weights, normalisation, test-time shifts, names of networks), the labels in their order, and the
    /// trained networks with their weights. Models that differ only in recipe text, seed, metrics or program have the same hash. Computed on each call, as weights can be changed.
    /// </summary>
    public string ComputeSha256() => OnnxModelFile.Sha256(content);

    /// <summary>Loads an ONNX file: one of ours, or any that is one chain of the layers DigitML has.</summary>
    /// <exception cref="DigitMLException">The file cannot be read or holds something DigitML cannot run; the message is one line.</exception>
    public static DigitModel Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Read(() => OnnxModelFile.Read(path, InputFile.Read(path, OnnxModelFile.MaximumBytes)));
    }

    /// <summary>Loads an ONNX model from a stream, to its end.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="name">The name that messages use.</param>
    /// <exception cref="DigitMLException">The stream holds something DigitML cannot run; the message is one line.</exception>
    public static DigitModel Load(Stream stream, string name = "model")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return Read(() => OnnxModelFile.Read(name, InputFile.Read(stream, name, OnnxModelFile.MaximumBytes)));
    }

    /// <summary>Loads the part of an ONNX file that <see cref="DigitClassifier"/> needs: the graph, without the training part.</summary>
    /// <exception cref="DigitMLException">As for <see cref="Load(string)"/>.</exception>
    internal static DigitModel LoadForPrediction(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Read(() => OnnxModelFile.ReadForPrediction(path, InputFile.Read(path, OnnxModelFile.MaximumBytes)));
    }

    /// <summary>Loads the same part from a stream, which stays open.</summary>
    /// <exception cref="DigitMLException">As for <see cref="Load(Stream, string)"/>.</exception>
    internal static DigitModel LoadForPrediction(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(() => OnnxModelFile.ReadForPrediction("model", InputFile.Read(stream, "model", OnnxModelFile.MaximumBytes)));
    }

    /// <summary>
    /// Writes the model as an ONNX file, whole or not at all: to a temporary name, flushed to the disk, renamed. The same model gives the same
    /// bytes.
    /// </summary>
    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        AtomicFile.WriteBytes(path, OnnxModelFile.Write(content));
    }

    /// <summary>Writes the model as ONNX to a stream, which stays open.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(OnnxModelFile.Write(content));
    }

    private static DigitModel Read(Func<ModelContent> read) => new(DisplayText.OneLine(read));
}
