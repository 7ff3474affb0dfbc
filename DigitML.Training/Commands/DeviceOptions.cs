using System.CommandLine;
using System.CommandLine.Parsing;
using DigitML.Experiments.Devices;

namespace DigitML.Training.Commands;

/// <summary><c>--device</c> and <c>--threads</c>: what does the work.</summary>
internal sealed class DeviceOptions
{
    private readonly Option<string> device = ChoiceOption.Create("--device", "What trains and predicts.", "auto", "cpu", "cuda");

    private readonly Option<int?> threads = NumberOption.Whole("--threads", "Threads to work with; all processors unless given. The result does not depend on it.", min: 1);

    internal void AddTo(Command command)
    {
        command.Add(device);
        command.Add(threads);
    }

    /// <summary>The first of them that was given, so that a trainer that has its own can refuse it.</summary>
    internal string? FirstGiven(CommandResult result) => new Option[] { device, threads }.FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name;

    internal DeviceRequest Read(ParseResult parsed) => new(parsed.GetValue(device)!, parsed.GetValue(threads) ?? 0);
}
