using System.Globalization;

namespace DigitML.Benchmarks;

/// <summary>
/// DigitML's peers as contestants. All of them get the same weights, and their scores are compared with DigitML's before they are measured.
/// </summary>
/// <param name="models">The weights and images, as files.</param>
/// <param name="torchIn">A command that runs another command where Python has PyTorch and glibc is new enough for LibTorch; empty if that is here.</param>
internal sealed class PeerPrograms(PeerModels models, string[] torchIn)
{
    private readonly Lazy<string> libTorchPeer = new(BuildLibTorchPeer);

    /// <summary>PyTorch, from a Python that has it.</summary>
    internal Contestant PyTorch(Work work) => Torch(work, "python3", Path.Combine(ResultFiles.Project, "PyTorchPeer", "pytorch_peer.py"));

    /// <summary>LibTorch through TorchSharp.</summary>
    internal Contestant LibTorch(Work work) => Torch(work, "dotnet", libTorchPeer.Value);

    /// <summary>ONNX Runtime, which only predicts.</summary>
    internal Contestant OnnxRuntime(Work work) => new(
        null, "dotnet", ChildProcess.OnnxRuntimePeer, "predict", "--model", models.Onnx(work.Recipe), "--empty-model", models.EmptyOnnx, "--images", models.Images,
        "--batch-size", Text(work.BatchSize), "--threads", Text(work.Threads), "--seconds", Text(work.Seconds))
    {
        ExpectedLogScores = models.LogScores(work.Recipe),
    };

    private Contestant Torch(Work work, params string[] program) => new(
        null, [.. torchIn, .. program, .. work.Arguments, "--weights", models.Weights(work.Recipe), "--images", models.Images])
    {
        ExpectedLogScores = models.LogScores(work.Recipe),
    };

    private static string BuildLibTorchPeer()
    {
        string project = Path.Combine(ResultFiles.Project, "LibTorchPeer"), output = Path.Combine(project, "bin", "peer");
        ChildProcess.Output("dotnet", "build", project, "-c", "Release", "-o", output, "-v", "quiet");
        return Path.Combine(output, "LibTorchPeer.dll");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
