using System.Text.Json;

namespace DigitML.Tests.EndToEnd;

public class TrainingEndToEndTests(SmallData data) : IClassFixture<SmallData>
{
    [Fact]
    public void A_run_leaves_its_folder_with_plan_history_metrics_and_model()
    {
        ConsoleRun run = Train("whole");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["history.csv", "metrics.json", "model.onnx", "plan.json", "predictions.csv", "recipe.json", "report.html"], FilesOf("whole"));

        JsonElement plan = Json("whole/plan.json");
        Assert.Equal("tiny", plan.GetProperty("recipe").GetProperty("name").GetString());
        Assert.Equal("classes", plan.GetProperty("recipe").GetProperty("layers")[6].GetProperty("units").GetString());
        Assert.Equal(400, plan.GetProperty("data").GetProperty("rows").GetInt32());
        Assert.Equal(360, plan.GetProperty("split").GetProperty("trainingRows").GetInt32());
        Assert.Equal(40, plan.GetProperty("split").GetProperty("validationRows").GetInt32());
        Assert.Equal(Sha256(data.Train), plan.GetProperty("data").GetProperty("sha256").GetString());
        Assert.Equal(Sha256(data.Test), plan.GetProperty("testData").GetProperty("sha256").GetString());
        Assert.Equal(5, File.ReadAllLines(data.In("whole/history.csv")).Length);

        JsonElement metrics = Json("whole/metrics.json");
        Assert.Equal(100, metrics.GetProperty("rows").GetInt32());
        Assert.InRange(metrics.GetProperty("microAccuracy").GetDouble(), 0.6, 1.0);
    }

    [Fact]
    public void A_run_shows_Keras_lines_then_the_report_and_what_to_type_next()
    {
        ConsoleRun run = Train("shown");
        Assert.Contains("Model: \"tiny\"", run.Error, StringComparison.Ordinal);
        Assert.Contains("\nEpoch 4/4\n23/23 - ", run.Error, StringComparison.Ordinal);
        Assert.Contains("; scored once, at the end", run.Error, StringComparison.Ordinal);
        Assert.Contains("              precision    recall  f1-score   support\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nConfusion table\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"predict --model {data.In("shown")} --data {data.Test} --out predictions.csv", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_of_a_run_holds_what_a_program_needs()
    {
        JsonElement result = JsonDocument.Parse(Train("json", "--json").Output).RootElement;
        Assert.Equal(
            ["run", "model", "trainer", "recipe", "seed", "parameters", "epochs", "stopReason", "seconds", "samplesPerSecond", "threads", "trainingAccuracy", "validationAccuracy",
                "validationLoss", "testTimeShift", "networks", "evaluatedRows", "microAccuracy", "macroAccuracy", "logLoss"],
            result.EnumerateObject().Select(property => property.Name));
        Assert.Equal("test", result.GetProperty("evaluatedRows").GetString());
        Assert.Equal(Json("json/metrics.json").GetProperty("microAccuracy").GetDouble(), result.GetProperty("microAccuracy").GetDouble());
    }

    [Fact]
    public void Evaluate_gives_the_metrics_of_the_run_again()
    {
        Train("evaluated");
        ConsoleRun evaluation = ConsoleRun.Of("evaluate", "--model", data.In("evaluated/model.onnx"), "--data", data.Test, "--json", "--out", data.In("again"));
        Assert.Equal(0, evaluation.ExitCode);
        Assert.Equal(File.ReadAllText(data.In("evaluated/metrics.json")), File.ReadAllText(data.In("again/metrics.json")));
        Assert.Equal(File.ReadAllText(data.In("again/metrics.json")), evaluation.Output);
    }

    [Fact]
    public void Without_a_test_file_the_validation_rows_give_the_metrics()
    {
        ConsoleRun run = ConsoleRun.Of("train", "--data", data.Train, "--recipe", data.Recipe, "--epochs", "1", "--out", data.In("validated"), "--json");
        Assert.Equal("validation", JsonDocument.Parse(run.Output).RootElement.GetProperty("evaluatedRows").GetString());
        Assert.Equal(40, Json("validated/metrics.json").GetProperty("rows").GetInt32());
        Assert.Contains("test:        none; metrics are computed on the validation rows", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_test_and_validation_rows_there_are_no_metrics()
    {
        ConsoleRun run = ConsoleRun.Of(
            "train", "--data", data.Train, "--recipe", data.Recipe, "--epochs", "1", "--out", data.In("blind"), "--validation-fraction", "0");
        Assert.Equal((0, false), (run.ExitCode, File.Exists(data.In("blind/metrics.json"))));
        Assert.Equal(400, Json("blind/plan.json").GetProperty("split").GetProperty("trainingRows").GetInt32());
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_wherever_the_data_lies_and_another_seed_another()
    {
        Train("one");
        Directory.CreateDirectory(data.In("moved"));
        File.Copy(data.Train, data.In("moved/train.csv"));
        File.Copy(data.Test, data.In("moved/test.csv"));
        ConsoleRun.Of("train", "--data", data.In("moved/train.csv"), "--test-data", data.In("moved/test.csv"), "--recipe", data.Recipe, "--out", data.In("two"));
        Train("three", "--seed", "2");
        Assert.Equal(File.ReadAllBytes(data.In("one/model.onnx")), File.ReadAllBytes(data.In("two/model.onnx")));
        Assert.NotEqual(File.ReadAllBytes(data.In("one/model.onnx")), File.ReadAllBytes(data.In("three/model.onnx")));
    }

    [Fact]
    public void A_folder_that_holds_a_run_is_not_written_over()
    {
        Train("first", "--epochs", "1");
        ConsoleRun second = Train("first");
        Assert.Equal(1, second.ExitCode);
        Assert.Equal($"error: {data.In("first")} already holds a finished run; choose another --name or --out, or add --overwrite to replace it.\n", second.Error);
    }

    private ConsoleRun Train(string folder, params string[] more) => ConsoleRun.Of(
        ["train", "--data", data.Train, "--test-data", data.Test, "--recipe", data.Recipe, "--out", data.In(folder), .. more]);

    private string[] FilesOf(string folder) => [.. Directory.GetFileSystemEntries(data.In(folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(data.In(file))).RootElement;

    private static string Sha256(string file) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
}
