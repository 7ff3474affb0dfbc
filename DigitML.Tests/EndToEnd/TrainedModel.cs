namespace DigitML.Tests.EndToEnd;

/// <summary>A tiny model trained on real digits by the console, for tests that only use it.</summary>
public sealed class TrainedModel : IDisposable
{
    public TrainedModel() =>
        Assert.Equal(0, ConsoleRun.Of("train", "--data", Data.Train, "--recipe", Data.Recipe, "--out", Data.In("run")).ExitCode);

    public SmallData Data { get; } = new();

    public string Path => Data.In("run/model.onnx");

    public void Dispose() => Data.Dispose();
}
