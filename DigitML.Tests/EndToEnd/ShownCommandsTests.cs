using System.Net;
using System.Text.RegularExpressions;

namespace DigitML.Tests.EndToEnd;

/// <summary>What a run shows to be typed next can be typed: the commands are run, and the files that they read exist.</summary>
public partial class ShownCommandsTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    private static readonly string[] Inputs = ["--model", "--data", "--test-data", "--recipe", "--config"];

    private readonly SmallData data = model.Data;

    [Theory]
    [InlineData("train")]
    [InlineData("train without test")]
    [InlineData("named")]
    [InlineData("networks")]
    [InlineData("networks without test")]
    [InlineData("lbfgs")]
    [InlineData("retrain")]
    [InlineData("sweep")]
    [InlineData("build")]
    [InlineData("evaluate")]
    public void Shown_commands_run(string kind)
    {
        string folder = data.In(kind);
        string[] rows = kind.EndsWith("without test", StringComparison.Ordinal) ? ["--data", data.Train] : ["--data", data.Train, "--test-data", data.Test];
        string[] line =
        [
            .. kind switch
            {
                "named" => (string[])["train", "--recipe", "tiny", "--epochs", "1", "--batch-size", "32", "--learning-rate", "0.01", "--seed", "4", "--validation-fraction", "0.2", .. rows],
                "networks" or "networks without test" => ["train", "--recipe", data.Recipe, "--epochs", "1", "--networks", "2", .. rows],
                "lbfgs" => ["train", "--trainer", "lbfgs", "--seed", "2", .. rows],
                "retrain" => ["retrain", "--model", model.Path, "--epochs", "1", "--set", "training.optimizer.beta1=0.8", .. rows],
                "sweep" => ["sweep", "--recipe", data.Recipe, "--epochs-batch", "1x64", .. rows],
                "build" => ["build", "--time-budget", "1s", .. rows],
                "evaluate" => ["evaluate", "--model", model.Path, "--data", data.Test],
                _ => ["train", "--recipe", data.Recipe, "--set", "training.epochs=1", .. rows],
            },
            "--out", folder,
        ];
        ConsoleRun run = ConsoleRun.OnCpu(line);
        Assert.True(run.ExitCode == 0, run.Error);

        string[] reports = Directory.GetFiles(folder, "report.html", SearchOption.AllDirectories);
        string[] commands = [.. run.Output.Split('\n').Where(text => text.StartsWith("  d", StringComparison.Ordinal)), .. reports.SelectMany(report => Commands(File.ReadAllText(report)))];
        Assert.Contains(commands, command => command.Contains(kind switch { "sweep" or "lbfgs" or "build" => " train ", "evaluate" or "retrain" => $" {kind} ", _ => " train " }, StringComparison.Ordinal));
        int number = 0;
        foreach (string[] words in commands.Select(Words).DistinctBy(words => string.Join('\n', words))) Check(words, data.In($"{kind} {number++}"));
    }

    private static void Check(string[] words, string output)
    {
        Assert.All(words.Index().Where(word => word.Index > 0 && Inputs.Contains(words[word.Index - 1])), word => Assert.True(Path.Exists(word.Item) || word.Item == "tiny", word.Item));
        int at = Array.IndexOf(words, "--out");
        if (words[0] == "serve")
        {
            Assert.Equal(3, words.Length);
            return;
        }

        if (words[0] == "export") words[Array.IndexOf(words, "console")] = "library";
        if (at >= 0) words[at + 1] = output;
        ConsoleRun run = ConsoleRun.OnCpu(at >= 0 || words[0] == "evaluate" ? words : [.. words, "--out", output]);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', words)}: {run.Error}");
    }

    private static IEnumerable<string> Commands(string page) => Command().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value));

    // The commands of the tests hold no quotes but those around whole words.
    private static string[] Words(string command)
    {
        string[] words = [.. Word().Matches(command).Select(match => match.Value.Trim('\''))];
        return words[(Array.IndexOf(words, words[0] == "digitml" ? "digitml" : "--") + 1)..];
    }

    [GeneratedRegex("<pre[^>]*>(d[^<]*)</pre>")]
    private static partial Regex Command();

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Word();
}
