using System.CommandLine;
using System.Text.Json.Serialization;
using DigitML.Experiments.RunFiles;
using DigitML.Model.Files;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml devices</c>: what can train and predict on this machine.</summary>
internal static class DevicesCommand
{
    private const string CudaNote = "CUDA is not part of this build.";

    internal static Command Create(Terminal terminal)
    {
        Option<bool> json = FileOption.Json();
        var command = new Command("devices", "Lists the devices that can train and predict on this machine.") { json };
        command.SetAction(parsed =>
        {
            Machine machine = Machine.Current;
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(new Device[]
                {
                    new("cpu", Available: true) { Processor = machine.Cpu, VectorBits = machine.VectorBits, Threads = machine.Cores, NumericModes = NumericModeOption.Names },
                    new("cuda", Available: false) { Reason = CudaNote },
                });
                return;
            }

            terminal.Output.WriteLine($"cpu   {machine.Cpu}: {machine.VectorBits}-bit vectors, {DisplayText.Count(machine.Cores, "thread")}, numeric modes {string.Join(", ", NumericModeOption.Names)}");
            terminal.Output.WriteLine($"cuda  not available: {CudaNote}");
        });
        return command.WithExamples("""
            digitml devices
            digitml train --device cpu --threads 4
            """);
    }

    // What does not apply to a device is left out.
    private sealed record Device(string Name, bool Available)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Processor { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? VectorBits { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? Threads { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string[]? NumericModes { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Reason { get; init; }
    }
}
