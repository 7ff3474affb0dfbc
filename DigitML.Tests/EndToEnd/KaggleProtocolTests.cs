using System.Text.Json;

namespace DigitML.Tests.EndToEnd;

public class KaggleProtocolTests(SmallData data) : IClassFixture<SmallData>
{
    [Fact]
    public void Rows_are_split_learned_predicted_and_scored()
    {
        string split = data.In("kaggle"), model = data.In("run/model.onnx"), submission = data.In("submission.csv");
        Assert.Equal(
            $"{In(split, "train.csv")}: 300 rows to train on\n{In(split, "test.csv")}: 200 rows without labels\n{In(split, "solution.csv")}: their labels, for kaggle-score only\n",
            Run("data", "kaggle-split", "--data", data.Train, "--test-data", data.Test, "--seed", "3", "--out", split));
        Run("train", "--data", In(split, "train.csv"), "--recipe", data.Recipe, "--out", data.In("run"));
        Run("predict", "--model", model, "--data", In(split, "test.csv"), "--out", submission);

        string text = Run("data", "kaggle-score", "--submission", submission, "--solution", In(split, "solution.csv"));
        JsonElement score = JsonDocument.Parse(Run("data", "kaggle-score", "--submission", submission, "--solution", In(split, "solution.csv"), "--json")).RootElement;
        Assert.Equal(200, score.GetProperty("rows").GetInt32());
        Assert.InRange(score.GetProperty("right").GetInt32(), 100, 200);
        Assert.Equal($"{score.GetProperty("score").GetDouble():F5}  {score.GetProperty("right").GetInt32()} of 200 correct\n", text);
    }

    [Fact]
    public void The_share_is_cut_after_five_decimals_as_on_Kaggle()
    {
        File.WriteAllText(data.In("three.csv"), "ImageId,Label\n1,0\n2,1\n3,0\n");
        File.WriteAllText(data.In("two.csv"), "ImageId,Label\n1,0\n2,1\n3,1\n");
        Assert.Equal("0.66666  2 of 3 correct\n", Run("data", "kaggle-score", "--submission", data.In("two.csv"), "--solution", data.In("three.csv")));
    }

    [Fact]
    public void A_split_tells_machines_what_it_wrote()
    {
        JsonElement split = JsonDocument.Parse(Run("data", "kaggle-split", "--data", data.Test, "--out", data.In("json"), "--json")).RootElement;
        Assert.Equal(["train", "trainingRows", "test", "testRows", "solution", "trainChecksum", "testChecksum"], split.EnumerateObject().Select(member => member.Name));
        Assert.Equal((60, 40), (split.GetProperty("trainingRows").GetInt32(), split.GetProperty("testRows").GetInt32()));
    }

    [Fact]
    public void Files_of_other_images_are_not_put_together()
    {
        File.WriteAllText(data.In("small.csv"), "label,pixel0\n7,1\n");
        ConsoleRun run = ConsoleRun.Of("data", "kaggle-split", "--data", data.Train, "--test-data", data.In("small.csv"), "--out", data.In("none"));
        Assert.Equal(
            (1, $"error: {data.In("small.csv")}: its images are 1x1 but those of {data.Train} are 28x28; both must have the same size.", false),
            (run.ExitCode, run.Error.TrimEnd('\n').Split('\n')[^1], Directory.Exists(data.In("none"))));
    }

    private static string In(string folder, string file) => Path.Combine(folder, file);

    private static string Run(params string[] line)
    {
        ConsoleRun run = ConsoleRun.Of(line);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }
}
