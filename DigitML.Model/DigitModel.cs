using System.Collections.Immutable;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Files;
using DigitML.Engine.Networks;
using DigitML.Model.Files;
using DigitML.Model.Onnx;

namespace DigitML.Model;

/// <summary>
/// A trained network, or several whose scores are averaged, with everything that is needed to use it or to train it further: weights, labels, the normalisation of
/// pixels, and where it comes from. It is kept in an ONNX file that other runtimes open too.
/// </summary>
public sealed class DigitModel
{
    /// <summary>Puts a model of one network together.</summary>
    /// <param name="weights">The weights, with the network they belong to.</param>
    /// <param name="labels">One label for each class of the network.</param>
    /// <param name="normalization">How the network was shown pixels of 0 .. 255.</param>
    /// <param name="metadata">How it came to be.</param>
    /// <exception cref="DigitMLException">The network does not take one grey image, or there is not one label a class.</exception>
    public DigitModel(NetworkWeights weights, LabelMap labels, PixelNormalization normalization, ModelMetadata? metadata = null)
        : this([new ModelMember(weights ?? throw new ArgumentNullException(nameof(weights)), normalization)], labels, testTimeShift: 0, metadata)
    {
    }

    /// <summary>Puts a model together: of several networks it is an ensemble, whose scores are the mean of theirs.</summary>
    /// <param name="members">One network or more for images of one size.</param>
    /// <param name="labels">One label for each class of the networks.</param>
    /// <param name="testTimeShift">
    /// Pixels by which an image is also moved up, down, left and right, zeros coming in; the scores are the mean over the five positions. 0 scores the image as it is.
    /// </param>
    /// <param name="metadata">How it came to be.</param>
    /// <exception cref="DigitMLException">
    /// There is no network, one does not take one grey image of the common size, there is not one label a class, or the shift leaves nothing of an image.
    /// </exception>
    public DigitModel(IEnumerable<ModelMember> members, LabelMap labels, int testTimeShift = 0, ModelMetadata? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(labels);
        Members = [.. members];
        if (Members.IsEmpty) throw new DigitMLException("A model without a network has no scores; it needs one network or more.");
        foreach (ModelMember member in Members) Check(member.Network, labels);
        if (testTimeShift < 0 || testTimeShift >= Math.Min(InputShape.Height, InputShape.Width))
        {
            throw new DigitMLException(
                $"Test-time shifts of {testTimeShift} pixels do not suit images of {InputShape.Height}x{InputShape.Width}; "
                + $"a shift is 0 to {Math.Min(InputShape.Height, InputShape.Width) - 1} pixels.");
        }

        Labels = labels;
        TestTimeShift = testTimeShift;
        Metadata = metadata ?? new ModelMetadata();
    }

    /// <summary>Its networks, whose scores are averaged; most models have one.</summary>
    public ImmutableArray<ModelMember> Members { get; }

    /// <summary>Whether it has several networks.</summary>
    public bool IsEnsemble => Members.Length > 1;

    /// <summary>The network's name, or "ensemble".</summary>
    public string Name => IsEnsemble ? "ensemble" : Network.Name;

    /// <summary>The images it takes: height x width x 1.</summary>
    public Shape InputShape => Members[0].Network.InputShape;

    /// <summary>The network as it was trained, dropout and batch norm included.</summary>
    /// <exception cref="InvalidOperationException">It is an ensemble.</exception>
    public Network Network => Only.Network;

    /// <summary>The network's weights.</summary>
    /// <exception cref="InvalidOperationException">It is an ensemble.</exception>
    public NetworkWeights Weights => Only.Weights;

    /// <summary>How a pixel of 0 .. 255 becomes the value the network sees.</summary>
    /// <exception cref="InvalidOperationException">It is an ensemble.</exception>
    public PixelNormalization Normalization => Only.Normalization;

    /// <summary>What its classes are called.</summary>
    public LabelMap Labels { get; }

    /// <summary>
    /// Pixels by which an image is also moved up, down, left and right, zeros coming in; the scores are the mean over the five positions. 0 scores the image as it is.
    /// </summary>
    public int TestTimeShift { get; }

    /// <summary>How it came to be.</summary>
    public ModelMetadata Metadata { get; }

    private ModelMember Only => !IsEnsemble ? Members[0]
        : throw new InvalidOperationException($"An ensemble of {Members.Length} networks has no one network; see {nameof(Members)}.");

    /// <summary>The same model with other test-time shifts.</summary>
    /// <param name="pixels">See <see cref="TestTimeShift"/>.</param>
    /// <exception cref="DigitMLException">The shift leaves nothing of an image.</exception>
    public DigitModel WithTestTimeShift(int pixels) => pixels == TestTimeShift ? this : new DigitModel(Members, Labels, pixels, Metadata);

    /// <summary>Reads an ONNX file: one of ours, or any that is one chain of the layers DigitML has.</summary>
    /// <exception cref="DigitMLException">The file cannot be read or holds something DigitML cannot run; the message is one line.</exception>
    public static DigitModel Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return OneLine.Read(() => OnnxModelFile.Read(path, InputFile.Read(path, OnnxModelFile.MaximumBytes)));
    }

    /// <summary>Reads an ONNX model from a stream, to its end.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DigitMLException">The stream holds something DigitML cannot run; the message is one line.</exception>
    public static DigitModel Load(Stream stream, string name = "model")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return OneLine.Read(() => OnnxModelFile.Read(name, InputFile.Read(stream, name, OnnxModelFile.MaximumBytes)));
    }

    /// <summary>Reads what predicts in an ONNX file, as <see cref="DigitClassifier"/> needs it, and nothing more.</summary>
    /// <exception cref="DigitMLException">As for <see cref="Load(string)"/>.</exception>
    internal static DigitModel LoadForPrediction(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return OneLine.Read(() => OnnxModelFile.ReadForPrediction(path, InputFile.Read(path, OnnxModelFile.MaximumBytes)));
    }

    /// <summary>The same of a stream, which stays open.</summary>
    /// <exception cref="DigitMLException">As for <see cref="Load(Stream, string)"/>.</exception>
    internal static DigitModel LoadForPrediction(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return OneLine.Read(() => OnnxModelFile.ReadForPrediction("model", InputFile.Read(stream, "model", OnnxModelFile.MaximumBytes)));
    }

    /// <summary>
    /// Writes the model as an ONNX file, whole or not at all: to a temporary name, flushed to the disk, renamed. The same model gives the same
    /// bytes.
    /// </summary>
    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        AtomicFile.WriteBytes(path, OnnxModelFile.Write(this));
    }

    /// <summary>Writes the model as ONNX to a stream, which stays open.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(OnnxModelFile.Write(this));
    }

    private void Check(Network network, LabelMap labels)
    {
        Shape input = network.InputShape;
        if (input.IsVector || input.Channels != 1)
        {
            throw new DigitMLException($"Network \"{network.Name}\" takes an input of {input}; a digit model takes a grey image (height x width x 1).");
        }

        if (input != InputShape)
        {
            throw new DigitMLException(
                $"Network \"{network.Name}\" takes an input of {input} but network \"{Members[0].Network.Name}\" one of {InputShape}; the networks of a model take the same.");
        }

        if (labels.Count != network.ClassCount)
        {
            throw new DigitMLException(
                $"Network \"{network.Name}\" has {network.ClassCount} classes but there are {labels.Count} labels; there is one label a class.");
        }
    }
}
