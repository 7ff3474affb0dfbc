namespace DigitML.Benchmarks;

/// <summary>
/// DigitML and its peers (PyTorch, LibTorch and, for prediction, ONNX Runtime) on the same work. Writes <c>results/{cpu}/peers</c>. <c>--torch-in "COMMAND"</c> names a command
/// that runs another command where PyTorch and LibTorch work, such as <c>chroot FOLDER</c>.
/// </summary>
internal static class PeerComparisons
{
    internal static void Run(Options options)
    {
        using var models = new PeerModels();
        var peers = new PeerPrograms(models, options.Text("--torch-in", "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        SideBySide.Run("peers", All(peers, options.Number("--threads", 2), options.Number("--seconds", 2)), options);
    }

    private static IEnumerable<Comparison> All(PeerPrograms peers, int threads, int seconds)
    {
        string[] recipes = ["keras-cnn", "compact-9768"];
        foreach (string recipe in recipes)
        {
            var train = new Work("train", recipe, 64, threads, seconds);
            yield return new(train, $"train `{recipe}`", Contestant.DigitML("DigitML", train), peers.PyTorch(train), peers.LibTorch(train));
        }

        foreach (string recipe in recipes) yield return Prediction(new Work("predict", recipe, 100, threads, seconds), $"predict `{recipe}`");
        foreach (string recipe in recipes) yield return Prediction(new Work("predict", recipe, 1, 1, seconds), $"predict one `{recipe}` image");

        Comparison Prediction(Work work, string name) =>
            new(work, name, Contestant.DigitML("DigitML", work), peers.OnnxRuntime(work), peers.PyTorch(work), peers.LibTorch(work));
    }
}
