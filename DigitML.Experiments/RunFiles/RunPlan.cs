using System.Collections.Immutable;
using DigitML.Data.Layouts;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;
using DigitML.Engine.Files;
using DigitML.Engine.Networks;
using DigitML.Experiments.Devices;

namespace DigitML.Experiments.RunFiles;

/// <summary>plan.json: everything needed to reproduce a run.</summary>
/// <param name="Name">The run's name.</param>
/// <param name="StartedUtc">When it began.</param>
/// <param name="Trainer">The trainer: "digitcnn", or one of ML.NET's.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Data">The training file.</param>
/// <param name="ImageHeight">Rows of an image.</param>
/// <param name="ImageWidth">Columns of an image.</param>
/// <param name="Classes">The labels in key order.</param>
/// <param name="Split">Which rows were held out.</param>
/// <param name="NumericMode">How convolutions are computed.</param>
/// <param name="Algorithms">The algorithm chosen for each convolution; empty for a device without a choice.</param>
/// <param name="Device">The device that ran it.</param>
/// <param name="Machine">Versions and hardware.</param>
/// <param name="Recipe">Network and training, with the changes from the command line; null for trainers without a recipe.</param>
/// <param name="TestData">The test data file; null for none.</param>
/// <param name="BaseModel">The model that was retrained; null if training started from scratch.</param>
/// <param name="Command">The command line as it was typed; null if the run was started by a program.</param>
/// <param name="Layout">What was said about the layout of the data files; null if everything was found.</param>
internal sealed record RunPlan(
    string Name,
    DateTime StartedUtc,
    string Trainer,
    ulong Seed,
    InputFileInfo Data,
    int ImageHeight,
    int ImageWidth,
    ImmutableArray<string> Classes,
    SplitInfo Split,
    NumericMode NumericMode,
    ImmutableArray<ConvolutionAlgorithm> Algorithms,
    DeviceInfo Device,
    Machine Machine,
    Recipe? Recipe = null,
    InputFileInfo? TestData = null,
    InputFileInfo? BaseModel = null,
    string? Command = null,
    FileLayout? Layout = null)
{
    /// <summary>Writes the file.</summary>
    /// <exception cref="DigitMLException">It cannot be written.</exception>
    internal void Write(string path) => AtomicFile.WriteText(path, StrictJson.Write(this));

    /// <summary>Reads the file.</summary>
    /// <exception cref="DigitMLException">It is missing or not valid.</exception>
    internal static RunPlan Read(string path)
    {
        try
        {
            return StrictJson.Read<RunPlan>(path, File.ReadAllText(path));
        }
        catch (DigitMLException e)
        {
            throw new DigitMLException($"{path} is damaged or from another version of DigitML, so start a new run in another folder; line {e.Message[(path.Length + 1)..]}", e);
        }
    }

    /// <summary>The algorithms that a device uses for a network.</summary>
    internal static ImmutableArray<ConvolutionAlgorithm> AlgorithmsOf(IDevice device, Network network) => device is CpuDevice cpu ? cpu.DescribeAlgorithms(network) : [];

    /// <summary>Throws if the device would resume with other algorithms, which round differently.</summary>
    /// <exception cref="DigitMLException">The algorithms differ.</exception>
    internal void CheckAlgorithms(string path, IDevice device, Network network)
    {
        ImmutableArray<ConvolutionAlgorithm> now = AlgorithmsOf(device, network);
        if (Algorithms.SequenceEqual(now)) return;
        ConvolutionAlgorithm? was = Algorithms.Except(now).FirstOrDefault(), becomes = now.Except(Algorithms).FirstOrDefault();
        throw new DigitMLException(
            $"{path}: the run began with {Text(was)}, but would resume with {Text(becomes)}; use DigitML {Machine.Program}, as then, or start a new run.");

        static string Text(ConvolutionAlgorithm? algorithm) =>
            algorithm is null ? "no such convolution" : $"{algorithm.Layer} by {algorithm.Forward} and gradients by {algorithm.Gradients}";
    }
}

/// <summary>The rows held out of the training data: stratified by class, and the same for the same seed.</summary>
/// <param name="TrainingRows">Number of training rows.</param>
/// <param name="ValidationRows">Number of rows held out.</param>
/// <param name="Seed">The seed by which they were held out; null for the run's seed.</param>
internal sealed record SplitInfo(int TrainingRows, int ValidationRows, ulong? Seed = null);

/// <summary>The device of a run. It affects the speed, not the model.</summary>
/// <param name="Name">"cpu".</param>
/// <param name="Description">Processor, vector width, threads.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="VectorBits">Vector width in bits.</param>
internal sealed record DeviceInfo(string Name, string Description, int Threads, int VectorBits)
{
    /// <summary>The details of an open device.</summary>
    internal static DeviceInfo Of(IDevice device, DeviceRequest request) => new(
        device.Name, device.Description, request.Threads == 0 ? Environment.ProcessorCount : request.Threads,
        request.VectorBits == 0 ? Machine.Current.VectorBits : request.VectorBits);
}
