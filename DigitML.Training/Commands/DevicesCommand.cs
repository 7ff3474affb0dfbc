using System.CommandLine;
using DigitML.Experiments.RunFiles;

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
                terminal.WriteJson(new object[]
                {
                    new { Name = "cpu", Available = true, Processor = machine.Cpu, machine.VectorBits, Threads = machine.Cores, NumericModes = NumericModeOption.Names },
                    new { Name = "cuda", Available = false, Reason = CudaNote },
                });
                return;
            }

            terminal.Output.WriteLine($"cpu   {machine.Cpu}: {machine.VectorBits}-bit vectors, {machine.Cores} {(machine.Cores == 1 ? "thread" : "threads")}, numeric modes {string.Join(", ", NumericModeOption.Names)}");
            terminal.Output.WriteLine($"cuda  not available: {CudaNote}");
        });
        return command.WithExamples("""
            digitml devices
            digitml train --device cpu --threads 4
            """);
    }
}
