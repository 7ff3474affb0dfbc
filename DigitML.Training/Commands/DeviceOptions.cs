using System.CommandLine;
using DigitML.Training.Devices;

namespace DigitML.Training.Commands;

/// <summary><c>--device</c> and <c>--threads</c>: what does the work.</summary>
internal sealed class DeviceOptions
{
    private readonly Option<string> device = new("--device")
    {
        Description = "What trains and predicts: auto, cpu or cuda.",
        HelpName = "auto|cpu|cuda",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<int?> threads = NumberOption.Whole("--threads", "Threads to work with; all processors unless given. The result does not depend on it.", min: 1);

    internal DeviceOptions() => device.AcceptOnlyFromAmong("auto", "cpu", "cuda");

    internal void AddTo(Command command)
    {
        command.Add(device);
        command.Add(threads);
    }

    internal DeviceRequest Read(ParseResult parsed) => new(parsed.GetValue(device)!, parsed.GetValue(threads) ?? 0);
}
