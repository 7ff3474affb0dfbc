using System.CommandLine;
using DigitML.Engine;
using DigitML.Model;

namespace DigitML.Training.Commands;

/// <summary><c>--model</c> and <c>--test-time-shifts</c>: what predicts, and on which positions of an image.</summary>
internal sealed class PredictingModelOptions
{
    private readonly Option<string> file = FileOption.Required("--model", "FILE", "The model.");

    private readonly Option<int?> shift = NumberOption.Whole(
        "--test-time-shifts", "Pixels by which each image is also moved up, down, left and right; the five scores are averaged. [default: the model's own, mostly 0]", min: 0);

    internal void AddTo(Command command)
    {
        command.Add(file);
        command.Add(shift);
    }

    /// <summary>The file that was named.</summary>
    internal string FileOf(ParseResult parsed) => parsed.GetRequiredValue(file);

    /// <summary>Reads the model.</summary>
    /// <exception cref="DigitMLException">It cannot be read, or the shift leaves nothing of an image.</exception>
    internal DigitModel Load(ParseResult parsed)
    {
        DigitModel model = DigitModel.Load(FileOf(parsed));
        return model.WithTestTimeShift(parsed.GetValue(shift) ?? model.TestTimeShift);
    }
}
