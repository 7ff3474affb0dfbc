using System.CommandLine;
using DigitML.Engine;
using DigitML.Engine.Devices;
using DigitML.Experiments.Models;

namespace DigitML.Training.Options;

/// <summary><c>--model</c> and <c>--test-time-shifts</c>: which model predicts, and on which positions of an image.</summary>
internal sealed class PredictingModelOptions
{
    private readonly Option<string> file = FileOption.Required("--model", "FILE|DIR", "The model: model.onnx, model.zip, or the folder of a run.");

    private readonly Option<int?> shift = NumberOption.Whole(
        "--test-time-shifts", "Also score each image moved by this many pixels up, down, left and right, and average the five scores. [default: the model's own, usually 0]", min: 0);

    internal void AddTo(Command command)
    {
        command.Add(file);
        command.Add(shift);
    }

    /// <summary>The file that was named.</summary>
    internal string FileOf(ParseResult parsed) => parsed.GetRequiredValue(file);

    /// <summary>Opens the model on a device.</summary>
    /// <exception cref="DigitMLException">The file cannot be read, or the shift leaves nothing of an image.</exception>
    internal OpenedModel Open(ParseResult parsed, IDevice device) => OpenedModel.Open(FileOf(parsed), device, parsed.GetValue(shift));
}
