using System.Globalization;
using System.Text.Json;
using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Engine.Reference;
using DigitML.Model;
using DigitML.Model.Images;

namespace DigitML.Tests.EndToEnd;

public class PredictEndToEndTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Fact]
    public void A_kaggle_file_has_one_line_a_row_with_ids_from_1()
    {
        string target = model.Data.In("kaggle.csv");
        ConsoleRun run = ConsoleRun.Of("predict", "--model", model.Path, "--data", model.Data.Test, "--out", target);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        string[] lines = File.ReadAllText(target).Split('\n');
        Assert.Equal("ImageId,Label", lines[0]);
        Assert.Equal("", lines[101]);
        int[] expected = ExpectedKeys();
        for (int i = 0; i < 100; i++) Assert.Equal($"{i + 1},{expected[i]}", lines[i + 1]);
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_a_row_with_its_reason()
    {
        string folder = Directory.CreateDirectory(model.Data.In("pictures")).FullName, good = Path.Combine(folder, "good.png"), bad = Path.Combine(folder, "a bad one.png");
        DigitDataset test = DigitFiles.Read(model.Data.Test);
        using (FileStream stream = File.Create(good)) new DigitImage(28, 28, test.Image(0).ToArray()).SavePng(stream);
        File.WriteAllText(bad, "no picture");
        ConsoleRun run = ConsoleRun.Of("predict", "--model", model.Path, "--image", bad, good);
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal((1, "error: 1 of 2 pictures could not be read; the result says why.\n", 2), (run.ExitCode, run.Error, lines.Length));
        Assert.StartsWith($"{bad}  error: {bad}", lines[0], StringComparison.Ordinal);
        Assert.Matches($@"^{good} +\d  [01]\.\d{{4}}$", lines[1]);

        ConsoleRun json = ConsoleRun.Of("predict", "--model", model.Path, "--image", bad, good, "--json");
        JsonElement rows = JsonDocument.Parse(json.Output).RootElement;
        Assert.Equal(["image", "error"], rows[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(["image", "label", "score", "scores"], rows[1].EnumerateObject().Select(property => property.Name));
        ConsoleRun only = ConsoleRun.Of("predict", "--model", model.Path, "--image", bad);
        Assert.Equal((1, "", $"error: {bad}"), (only.ExitCode, only.Output, only.Error[..(7 + bad.Length)]));
    }

    [Fact]
    public void A_photograph_of_a_seven_is_predicted_7()
    {
        string photograph = Images.TestJpeg.FilePath("seven.jpg");
        Assert.StartsWith($"{photograph}  7  0.9", ConsoleRun.OnCpu("predict", "--image", photograph, photograph).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_model_the_default_one_predicts_and_says_so()
    {
        ConsoleRun run = ConsoleRun.OnCpu("evaluate", "--data", model.Data.Test, "--json");
        Assert.Matches(@"^Model: the one that comes with DigitML \(1 network, [\d,]+ parameters\); name another with --model\.\n.*test\.csv: label: column 1 ""label"" \(10 classes\); pixels 0 to 255\n$", run.Error);
        Assert.InRange(JsonDocument.Parse(run.Output).RootElement.GetProperty("microAccuracy").GetDouble(), 0.97, 1);
        Assert.Equal(101, ConsoleRun.OnCpu("predict", "--data", model.Data.Test).Output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Without_out_the_same_text_is_printed() => Assert.Equal(
        ConsoleRun.Of("predict", "--model", model.Path, "--data", model.Data.Test).Output,
        File.ReadAllText(Predict("printed.csv", model.Data.Test)));

    [Fact]
    public void Labels_are_not_looked_at()
    {
        DigitDataset test = DigitFiles.Read(model.Data.Test);
        string unlabelled = model.Data.In("unlabelled.csv");
        CsvDigitWriter.Write(unlabelled, new DigitDataset("x", 28, 28, test.Pixels, [.. test.Labels.Select(_ => DigitDataset.NoLabel)], new LabelMap([])));
        Assert.StartsWith("pixel0", File.ReadAllText(unlabelled), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Predict("a.csv", model.Data.Test)), File.ReadAllText(Predict("b.csv", unlabelled)));
    }

    [Fact]
    public void Scores_come_with_a_column_a_class_and_sum_to_1()
    {
        string[] lines = File.ReadAllLines(Predict("scores.csv", model.Data.Test, "--format", "scores"));
        Assert.Equal("ImageId,Label,score_0,score_1,score_2,score_3,score_4,score_5,score_6,score_7,score_8,score_9", lines[0]);
        foreach (string line in lines[1..])
        {
            string[] fields = line.Split(',');
            float[] scores = [.. fields[2..].Select(field => float.Parse(field, CultureInfo.InvariantCulture))];
            Assert.Equal(1f, scores.Sum(), 1e-5f);
            Assert.Equal(scores.IndexOf(scores.Max()).ToString(CultureInfo.InvariantCulture), fields[1]);
        }
    }

    [Fact]
    public void The_json_of_rows_holds_ids_and_labels()
    {
        JsonElement rows = JsonDocument.Parse(ConsoleRun.Of("predict", "--model", model.Path, "--data", model.Data.Test, "--json").Output).RootElement;
        Assert.Equal(ExpectedKeys().Select(key => key.ToString(CultureInfo.InvariantCulture)), rows.EnumerateArray().Select(row => row.GetProperty("label").GetString()));
        Assert.Equal(100, rows[99].GetProperty("imageId").GetInt32());
    }

    [Fact]
    public void One_picture_gives_its_label_and_all_scores_best_first()
    {
        string picture = Picture(row: 0);
        ConsoleRun run = ConsoleRun.Of("predict", "--model", model.Path, "--image", picture);
        DigitPrediction expected = Read(picture);
        string[] lines = run.Output.Split('\n');
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{picture}  {expected.Label}  {expected.Score:F4}"), lines[0]);
        Assert.Equal($"{"Class",-40}{"Score",-20}", lines[2]);
        Assert.Equal(
            expected.Scores.OrderDescending().Select(score => string.Create(CultureInfo.InvariantCulture, $"{score,-20}")),
            lines[4..14].Select(line => line[40..]));
    }

    [Fact]
    public void Several_pictures_give_one_line_each()
    {
        string[] pictures = [Picture(1), Picture(2)];
        string[] lines = ConsoleRun.Of(["predict", "--model", model.Path, "--image", .. pictures]).Output.Split('\n');
        Assert.Equal(pictures.Select(picture => string.Create(CultureInfo.InvariantCulture, $"{picture}  {Read(picture).Label}  {Read(picture).Score:F4}")).Append(""), lines);
    }

    [Fact]
    public void The_json_of_pictures_holds_every_score_by_its_label()
    {
        JsonElement reading = JsonDocument.Parse(ConsoleRun.Of("predict", "--model", model.Path, "--json", "--image", Picture(3)).Output).RootElement[0];
        Assert.Equal(["image", "label", "score", "scores"], reading.EnumerateObject().Select(property => property.Name));
        Assert.Equal(reading.GetProperty("score").GetSingle(), reading.GetProperty("scores").GetProperty(reading.GetProperty("label").GetString()!).GetSingle());
    }

    private string Predict(string target, string data, params string[] more)
    {
        string path = model.Data.In(target);
        Assert.Equal(0, ConsoleRun.Of(["predict", "--model", model.Path, "--data", data, "--out", path, .. more]).ExitCode);
        return path;
    }

    private int[] ExpectedKeys()
    {
        DigitDataset test = DigitFiles.Read(model.Data.Test);
        using var device = new ReferenceDevice();
        using DigitClassifier classifier = DigitClassifier.Load(model.Path, device);
        return [.. Enumerable.Range(0, test.Count).Select(row => classifier.Predict(test.Image(row)).Key)];
    }

    private string Picture(int row)
    {
        string path = model.Data.In($"digit-{row}-{Guid.NewGuid():N}.png");
        new DigitImage(28, 28, DigitFiles.Read(model.Data.Test).Image(row).ToArray()).SavePng(path);
        return path;
    }

    private DigitPrediction Read(string picture)
    {
        using var device = new ReferenceDevice();
        using DigitClassifier classifier = DigitClassifier.Load(model.Path, device);
        return classifier.Predict(DigitImage.Load(picture));
    }
}
