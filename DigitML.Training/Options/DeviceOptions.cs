using System.CommandLine;
using System.CommandLine.Parsing;
using DigitML.Experiments.Devices;

namespace DigitML.Training.Options;

/// <summary><c>--device</c> and <c>--threads</c>: what the work runs on.</summary>
internal sealed class DeviceOptions
{
    private readonly Option<string> device = ChoiceOption.Create("--device", "The device to train and predict on.", "auto", "cpu", "cuda");

    private readonly Option<int?> threads = NumberOption.Whole("--threads", "Number of threads; it does not change the result. [default: one per processor]", min: 1);

    internal void AddTo(Command command)
    {
        command.Add(device);
        command.Add(threads);
    }

    /// <summary>The first of them that was given, so that it can be refused for a trainer that chooses its own.</summary>
    internal string? FirstGiven(CommandResult result) => new Option[] { device, threads }.FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name;

    internal DeviceRequest Read(ParseResult parsed) => new(parsed.GetValue(device)!, parsed.GetValue(threads) ?? 0);
}
