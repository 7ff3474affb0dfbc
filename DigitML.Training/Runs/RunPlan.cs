using System.Collections.Immutable;
using DigitML.Engine;
using DigitML.Engine.Devices;
using DigitML.Engine.Files;
using DigitML.Training.Devices;
using DigitML.Training.Recipes;

namespace DigitML.Training.Runs;

/// <summary>plan.json: everything needed to do a run again.</summary>
/// <param name="Name">The run's name.</param>
/// <param name="StartedUtc">When it began.</param>
/// <param name="Recipe">Network and training, with what the command line changed; its seed is the run's seed.</param>
/// <param name="Data">The file it learned from.</param>
/// <param name="ImageHeight">Rows of an image.</param>
/// <param name="ImageWidth">Columns of an image.</param>
/// <param name="Classes">The labels in key order.</param>
/// <param name="Split">Which rows were held out.</param>
/// <param name="Device">What ran it.</param>
/// <param name="Machine">Versions and hardware.</param>
/// <param name="TestData">The file it was tested on; null for none.</param>
/// <param name="BaseModel">The model that training went on from; null where it began anew.</param>
internal sealed record RunPlan(
    string Name,
    DateTime StartedUtc,
    Recipe Recipe,
    FileFacts Data,
    int ImageHeight,
    int ImageWidth,
    ImmutableArray<string> Classes,
    SplitFacts Split,
    DeviceFacts Device,
    Machine Machine,
    FileFacts? TestData = null,
    FileFacts? BaseModel = null)
{
    /// <summary>Writes the file.</summary>
    /// <exception cref="DigitMLException">It cannot be written.</exception>
    internal void Write(string path) => AtomicFile.WriteText(path, StrictJson.Write(this));

    /// <summary>Reads the file.</summary>
    /// <exception cref="DigitMLException">It is missing or breaks a rule.</exception>
    internal static RunPlan Read(string path) => StrictJson.Read<RunPlan>(path, File.ReadAllText(path));
}

/// <summary>Rows held out of the training data, the same for the same seed, every class in proportion.</summary>
/// <param name="TrainingRows">Rows learned from.</param>
/// <param name="ValidationRows">Rows held out.</param>
internal sealed record SplitFacts(int TrainingRows, int ValidationRows);

/// <summary>What ran a run. It decides the speed, not the model.</summary>
/// <param name="Name">"cpu".</param>
/// <param name="Description">Processor, vector width, threads.</param>
/// <param name="Threads">Threads it worked with.</param>
/// <param name="VectorBits">Width of its vectors.</param>
internal sealed record DeviceFacts(string Name, string Description, int Threads, int VectorBits)
{
    /// <summary>The facts of an open device.</summary>
    internal static DeviceFacts Of(IDevice device, DeviceRequest request) => new(
        device.Name, device.Description, request.Threads == 0 ? Environment.ProcessorCount : request.Threads,
        request.VectorBits == 0 ? Machine.Current.VectorBits : request.VectorBits);
}
