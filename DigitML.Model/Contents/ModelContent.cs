using System.Collections.Immutable;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;

namespace DigitML.Model.Contents;

/// <summary>The contents of a model and of its file. Checked when it is created.</summary>
internal sealed class ModelContent
{
    /// <summary>Creates the contents of a model.</summary>
    /// <param name="members">One or more networks for images of one size.</param>
    /// <param name="labels">One label for each class of the networks.</param>
    /// <param name="testTimeShift">Pixels by which each image is also shifted (see <see cref="TestTimeShifts"/>); 0 for none.</param>
    /// <param name="metadata">How the model was trained.</param>
    /// <exception cref="DigitMLException">
    /// There is no network, a network's input is not one grey image of the common size, there is not one label per class, or the shift would move the whole image out of view.
    /// </exception>
    internal ModelContent(IEnumerable<ModelMember> members, LabelMap labels, int testTimeShift, ModelMetadata? metadata)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(labels);
        Members = [.. members];
        if (Members.IsEmpty) throw new DigitMLException("A model needs at least one network.");
        foreach (ModelMember member in Members) Check(member.Network, labels);
        int largest = Math.Min(InputShape.Height, InputShape.Width) - 1;
        if (testTimeShift < 0 || testTimeShift > largest)
        {
            throw new DigitMLException(
                $"Test-time shifts of {testTimeShift} pixels do not suit images of {InputShape.Height}x{InputShape.Width}; a shift is 0 to {largest} pixels.");
        }

        Labels = labels;
        TestTimeShift = testTimeShift;
        Metadata = metadata ?? new ModelMetadata();
    }

    /// <summary>Its networks, whose scores are averaged.</summary>
    internal ImmutableArray<ModelMember> Members { get; }

    /// <summary>True if it has several networks.</summary>
    internal bool IsEnsemble => Members.Length > 1;

    /// <summary>The network's name, or "ensemble".</summary>
    internal string Name => IsEnsemble ? "ensemble" : Members[0].Network.Name;

    /// <summary>The shape of its input images: height x width x 1.</summary>
    internal Shape InputShape => Members[0].Network.InputShape;

    /// <summary>The names of its classes.</summary>
    internal LabelMap Labels { get; }

    /// <summary>Pixels by which each image is also shifted.</summary>
    internal int TestTimeShift { get; }

    /// <summary>How it was trained.</summary>
    internal ModelMetadata Metadata { get; }

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
                $"Network \"{network.Name}\" takes an input of {input} but network \"{Members[0].Network.Name}\" takes {InputShape}; all networks of a model need the same input shape.");
        }

        if (labels.Count != network.ClassCount)
        {
            throw new DigitMLException(
                $"Network \"{network.Name}\" has {network.ClassCount} classes but there are {labels.Count} labels; a model needs one label per class.");
        }
    }
}
