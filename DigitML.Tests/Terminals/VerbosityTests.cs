using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Terminals;

public class VerbosityTests(SmallData data) : IClassFixture<SmallData>
{
    [Fact]
    public void Quiet_leaves_the_result_and_nothing_else()
    {
        ConsoleRun loud = Train("loud"), quiet = Train("quiet", "--quiet");
        Assert.Equal((0, ""), (quiet.ExitCode, quiet.Error));
        Assert.Contains("Epoch 1/1", loud.Error, StringComparison.Ordinal);
        Assert.Equal(loud.Output.Split("Trained")[0], quiet.Output.Split("Trained")[0]);
    }

    [Fact]
    public void Quiet_leaves_warnings()
    {
        ConsoleRun quiet = Train("blown", "-q", "--learning-rate", "1000");
        Assert.StartsWith("Warning: ", quiet.Error, StringComparison.Ordinal);
        Assert.Single(quiet.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Quiet_leaves_errors()
    {
        ConsoleRun quiet = ConsoleRun.Of("train", "--quiet", "--data", data.In("nowhere.csv"));
        Assert.Equal((1, true), (quiet.ExitCode, quiet.Error.StartsWith("error: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Verbose_shows_the_recipe()
    {
        ConsoleRun verbose = Train("verbose", "--verbose");
        Assert.Contains("\"batchSize\": 16", verbose.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"batchSize\": 16", Train("usual").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_contradict_each_other() => Assert.Equal(
        (2, "error: --quiet and --verbose contradict each other; give one of them. See digitml train --help.\n"),
        (Train("both", "--quiet", "--verbose").ExitCode, Train("both", "--quiet", "--verbose").Error));

    private ConsoleRun Train(string folder, params string[] options) => ConsoleRun.Of(
        ["train", "--recipe", data.Recipe, "--data", data.Train, "--test-data", data.Test, "--epochs", "1", "--out", data.In(folder), .. options]);
}
