using System.CommandLine;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Experiments.Models;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Summaries;
using DigitML.Model;
using DigitML.Training.Terminals;

namespace DigitML.Training.Options;

/// <summary><c>--model</c> and <c>--test-time-shifts</c>: which model predicts, and on which positions of an image.</summary>
internal sealed class PredictingModelOptions
{
    private readonly Option<string?> file = FileOption.Optional("--model", "FILE|DIR", "The model: model.onnx, model.zip, or the folder of a run. [default: the one that comes with DigitML]");

    private readonly Option<int?> shift = NumberOption.Whole(
        "--test-time-shifts", "Also score each image moved by this many pixels up, down, left and right, and average the five scores. [default: the model's own, usually 0]", min: 0);

    private readonly Option<PixelNormalization?> normalization = NormalizationOption.Create();

    internal void AddTo(Command command)
    {
        command.Add(file);
        command.Add(shift);
        command.Add(normalization);
    }

    /// <summary>The file or folder that was named; null for the default model.</summary>
    internal string? PathOf(ParseResult parsed) => parsed.GetValue(file);

    /// <summary>The model file, so that it is not overwritten; null for the default model.</summary>
    internal string? FileOf(ParseResult parsed) => PathOf(parsed) is string path ? RunFolder.ModelIn(path) : null;

    /// <summary>Opens the model on a device, and says so if it is the default one.</summary>
    /// <exception cref="DigitMLException">The file cannot be read, or the shift leaves nothing of an image.</exception>
    internal OpenedModel Open(ParseResult parsed, IDevice device, Terminal terminal)
    {
        if (PathOf(parsed) is string path)
        {
            PixelNormalization? scaling = parsed.GetValue(normalization);
            OpenedModel opened = OpenedModel.Open(path, device, parsed.GetValue(shift), scaling);
            if (opened.Networks is { } networks) NormalizationOption.Tell(terminal, path, networks, isSaid: scaling is not null);
            return opened;
        }

        if (parsed.GetValue(normalization) is not null) throw new DigitMLException("--normalization goes with --model; the model that comes with DigitML says itself how pixels are scaled.");
        DigitModel model = DigitClassifier.Default.Model;
        terminal.Error.WriteLine($"Model: the one that comes with DigitML ({ModelText.Describe(model)}); name another with --model.");
        model = model.WithTestTimeShift(parsed.GetValue(shift) ?? model.TestTimeShift);
        return new OpenedModel("", new DigitClassifier(model, device), model);
    }
}
