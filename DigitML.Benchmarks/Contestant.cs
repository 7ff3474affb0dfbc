using System.Globalization;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>One side of a comparison: a program that does some work for a few seconds and prints JSON with the figure to compare.</summary>
/// <param name="Name">Its name in tables; null if the program's answer gives it, as "peer".</param>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record Contestant(string? Name, string Program, params string[] Arguments)
{
    /// <summary>The property of the answer that has the figure.</summary>
    internal string Figure { get; init; } = "samplesPerSecond";

    /// <summary>Factor that converts the figure to the unit of the comparison.</summary>
    internal double Factor { get; init; } = 1;

    /// <summary>Training steps or predictions in DigitML.</summary>
    internal static Contestant DigitML(string name, Work work, int vectorBits = 0) => new(
        name, "dotnet", [ChildProcess.Console, "bench", .. work.Arguments, .. vectorBits == 0 ? [] : (string[])["--vector-bits", Text(vectorBits)], "--json"]);

    /// <summary>The same steps in PyTorch; needs Debian's python3-torch, or DIGITML_PYTHON naming a Python that has it.</summary>
    internal static Contestant PyTorch(Work work) => new(
        null, Environment.GetEnvironmentVariable("DIGITML_PYTHON") ?? "/usr/bin/python3", [Path.Combine(ResultFiles.Project, "peers", "pytorch_peer.py"), .. work.Arguments]);

    /// <summary>The same predictions in ONNX Runtime.</summary>
    internal static Contestant OnnxRuntime(Work work, PeerModels models) => new(
        null, "dotnet", ChildProcess.OnnxRuntimePeer, "predict", "--model", models.Of(work.Recipe), "--empty-model", models.Empty,
        "--batch-size", Text(work.BatchSize), "--threads", Text(work.Threads), "--seconds", Text(work.Seconds));

    /// <summary>The multiply-add peak on all threads.</summary>
    internal static Contestant Peak(int threads) => new("multiply-add peak", "dotnet", ChildProcess.Console, "bench", "peak", "--threads", Text(threads), "--json")
    {
        Figure = "allThreadsGflops",
    };

    /// <summary>Runs the program once.</summary>
    internal JsonElement Run() => ChildProcess.Run(Program, Arguments);

    /// <summary>The figure in an answer.</summary>
    internal double FigureIn(JsonElement answer) => answer.GetProperty(Figure).GetDouble() * Factor;

    /// <summary>The contestant's name in tables, which its answer may give.</summary>
    internal string NameIn(JsonElement answer) => Name ?? answer.GetProperty("peer").GetString()!;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The job of a contestant.</summary>
/// <param name="Kind">"train" or "predict".</param>
/// <param name="Recipe">The recipe whose network is used.</param>
/// <param name="BatchSize">Images per batch.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="Seconds">How long to measure.</param>
internal sealed record Work(string Kind, string Recipe, int BatchSize, int Threads, int Seconds)
{
    /// <summary>The arguments, in the form that <c>digitml bench</c> and the PyTorch peer take.</summary>
    internal string[] Arguments => [.. string.Create(CultureInfo.InvariantCulture,
        $"{Kind} --recipe {Recipe} --batch-size {BatchSize} --threads {Threads} --seconds {Seconds}").Split(' ')];
}
