namespace DigitML.Tests.EndToEnd;

public class ThreadCountTests(SmallData data) : IClassFixture<SmallData>
{
    [Theory]
    [InlineData("compact")]
    [InlineData("tiny.json")]
    public void One_and_two_and_three_threads_give_the_same_model_and_metrics(string recipe)
    {
        string[] runs = [.. new[] { 1, 2, 3 }.Select(threads => Train(recipe, threads))];
        foreach (string run in runs[1..])
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(runs[0], "model.onnx")), File.ReadAllBytes(Path.Combine(run, "model.onnx")));
            Assert.Equal(File.ReadAllBytes(Path.Combine(runs[0], "metrics.json")), File.ReadAllBytes(Path.Combine(run, "metrics.json")));
        }
    }

    private string Train(string recipe, int threads)
    {
        string folder = data.In($"{recipe}-{threads}");
        string file = recipe.EndsWith(".json", StringComparison.Ordinal) ? data.In(recipe) : recipe;
        ConsoleRun run = ConsoleRun.OnCpu(
            "train", "--data", data.Train, "--test-data", data.Test, "--recipe", file, "--epochs", "2", "--threads", $"{threads}", "--out", folder);
        Assert.True(run.ExitCode == 0, run.Error);
        return folder;
    }
}
