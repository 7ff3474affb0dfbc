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
/// A trained network, or several whose scores are averaged, with everything needed to predict or to train further: weights, labels, the normalisation of
/// pixels, and how it was trained. It is stored as an ONNX file, which other runtimes can load too.
/// </summary>
public sealed class DigitModel
{
    private readonly ModelContent content;

    /// <summary>Creates a model with one network.</summary>
    /// <param name="weights">The weights, with the network they belong to.</param>
    /// <param name="labels">One label for each class of the network.</param>
    /// <param name="normalization">How a pixel value, 0 .. 255, is scaled for the network.</param>
    /// <param name="metadata">How the model was trained.</param>
    /// <exception cref="DigitMLException">The network's input is not one grey image, or there is not one label per class.</exception>
    public DigitModel(NetworkWeights weights, LabelMap labels, PixelNormalization normalization, ModelMetadata? metadata = null)
        : this([new ModelMember(weights ?? throw new ArgumentNullException(nameof(weights)), normalization)], labels, testTimeShift: 0, metadata)
    {
    }

    /// <summary>Creates a model with one or more networks; several form an ensemble, which averages their scores.</summary>
    /// <param name="members">One or more networks for images of one size.</param>
    /// <param name="labels">One label for each class of the networks.</param>
    /// <param name="testTimeShift">
    /// Pixels by which each image is also shifted up, down, left and right, filling with zeros; the scores are averaged over the five positions. 0 for no shifts.
    /// </param>
    /// <param name="metadata">How the model was trained.</param>
    /// <exception cref="DigitMLException">
    /// There is no network, a network's input is not one grey image of the common size, there is not one label per class, or the shift would move the whole image out of view.
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

    /// <summary>The shape of its input images: height x width x 1.</summary>
    public Shape InputShape => content.InputShape;

    /// <summary>The network as it was trained, dropout and batch norm included.</summary>
    /// <exception cref="InvalidOperationException">The model is an ensemble.</exception>
    public Network Network => Only.Network;

    /// <summary>The network's weights.</summary>
    /// <exception cref="InvalidOperationException">The model is an ensemble.</exception>
    public NetworkWeights Weights => Only.Weights;

    /// <summary>How a pixel value, 0 .. 255, is scaled for the network.</summary>
    /// <exception cref="InvalidOperationException">The model is an ensemble.</exception>
    public PixelNormalization Normalization => Only.Normalization;

    /// <summary>The classes in key order.</summary>
    public LabelMap Labels => content.Labels;

    /// <summary>
    /// Pixels by which each image is also shifted up, down, left and right, filling with zeros; the scores are averaged over the five positions. 0 for no shifts.
    /// </summary>
    public int TestTimeShift => content.TestTimeShift;

    /// <summary>How it was trained.</summary>
    public ModelMetadata Metadata => content.Metadata;

    private ModelMember Only => !IsEnsemble ? Members[0]
        : throw new InvalidOperationException($"An ensemble of {Members.Length} networks has no single network; see {nameof(Members)}.");

    /// <summary>
    /// True if it is known what the networks do with pixels from 0 to 255: DigitML wrote the file, or its graph scales pixels first. A file of another program does not say
    /// which range its network learned from; without <see cref="WithNormalization"/> it gets pixels as they are.
    /// </summary>
    public bool IsInputRangeKnown => Metadata.WrittenBy?.StartsWith("DigitML", StringComparison.Ordinal) == true || Members.Any(member => member.Normalization != new PixelNormalization(1, 0));

    /// <summary>Returns the same model with a normalisation of pixels before that of its networks, for a file that does not say what its networks learned from.</summary>
    /// <param name="normalization">How a pixel value, 0 .. 255, is scaled.</param>
    /// <exception cref="DigitMLException"><see cref="IsInputRangeKnown"/>.</exception>
    public DigitModel WithNormalization(PixelNormalization normalization) => !IsInputRangeKnown
        ? new DigitModel(Members.Select(member => member with { Normalization = normalization.Then(member.Normalization) }), Labels, TestTimeShift, Metadata)
        : throw new DigitMLException($"The model \"{Name}\" itself says how pixels are scaled; give it pixels from 0 to 255, without another normalization.");

    /// <summary>Returns the same model with a different test-time shift.</summary>
    /// <param name="pixels">See <see cref="TestTimeShift"/>.</param>
    /// <exception cref="DigitMLException">The shift would move the whole image out of view.</exception>
    public DigitModel WithTestTimeShift(int pixels) => pixels == TestTimeShift ? this : new DigitModel(Members, Labels, pixels, Metadata);

    /// <summary>
    /// Computes the SHA-256 of the model's contents, as 64 lower-case hexadecimal digits: of the file that <see cref="Save(string)"/> writes, without <see cref="Metadata"/> and without the
    /// name and version of the program. It covers the graph (layers, folded weights, normalisation, test-time shifts, network names), the labels in order, and the
    /// trained networks with their weights. Models that differ only in recipe text, seed, metrics or program have the same hash. Computed on every call, because weights can change.
    /// </summary>
    public string ComputeSha256() => OnnxModelFile.Sha256(content);

    /// <summary>Loads an ONNX file: one that DigitML wrote, or any whose graph is a single chain of layers that DigitML supports.</summary>
    /// <exception cref="DigitMLException">The file cannot be read or holds something DigitML cannot run; the message is one line.</exception>
    public static DigitModel Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Read(() => OnnxModelFile.Read(path, InputFile.Read(path, OnnxModelFile.MaximumBytes)));
    }

    /// <summary>Loads an ONNX model from a stream, which is read to its end.</summary>
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
    /// Writes the model as an ONNX file, atomically: to a temporary file that is flushed to disk and then renamed. The same model gives the same
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
