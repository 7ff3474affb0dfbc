using System.Runtime.InteropServices;
using System.Text.Json;
using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet.Tests;

public sealed class ClassicTrainerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("digitml-mlnet-").FullName;

    private static bool HasLightGbm => NativeLibrary.TryLoad("lib_lightgbm", typeof(Microsoft.ML.Trainers.LightGbm.LightGbmMulticlassTrainer).Assembly, null, out _);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("sdca")]
    [InlineData("lbfgs")]
    [InlineData("fasttree")]
    [InlineData("lightgbm")]
    public void It_learns_scores_in_label_order_and_is_saved(string name)
    {
        if (name == "lightgbm" && !HasLightGbm) return;
        TrainedPipeline trained = Trainer(name).Train(Digits.Rows(0, 600), seed: 1);
        DigitDataset test = Digits.Rows(600, 300);
        float[] scores = trained.Scores(test);
        int right = Enumerable.Range(0, test.Count).Count(row => scores.AsSpan(row * 10, 10).IndexOf(scores[(row * 10)..(row * 10 + 10)].Max()) == test.Labels[row]);
        Assert.InRange(right, 200, 300);

        string zip = Path.Combine(folder, "model.zip");
        trained.Save(zip);
        var context = new MLContext();
        ITransformer loaded = context.Model.Load(zip, out _);
        Assert.Equal(scores, loaded.Transform(context.Data.LoadDigits(test)).GetColumn<float[]>("Score").SelectMany(row => row));
    }

    [Fact]
    public void A_native_library_that_is_missing_is_told()
    {
        if (HasLightGbm) return;
        string message = Assert.Throws<DigitMLException>(() => Trainer("lightgbm").Train(Digits.Rows(0, 200), seed: 1)).Message;
        Assert.StartsWith("The trainer \"lightgbm\" needs a library that is not here: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_console_trains_it_on_the_same_rows_and_compares()
    {
        string train = Path.Combine(folder, "train.csv"), test = Path.Combine(folder, "test.csv");
        CsvDigitWriter.Write(train, Digits.Rows(0, 600));
        CsvDigitWriter.Write(test, Digits.Rows(600, 300));
        string other = Path.Combine(folder, "sdca"), own = Path.Combine(folder, "tiny");
        string output = Run("train", "--trainer", "sdca", "--data", train, "--test-data", test, "--out", other);
        Assert.Contains("\nTrained sdca in ", output, StringComparison.Ordinal);
        Assert.Contains("300 test rows: accuracy 0.", output, StringComparison.Ordinal);
        Run("train", "--recipe", "tiny", "--epochs", "1", "--data", train, "--test-data", test, "--out", own);
        JsonElement compared = JsonDocument.Parse(Run("compare", other, own, "--json")).RootElement;
        Assert.Equal(2, compared.GetProperty("runs").GetArrayLength());
        Assert.True(File.Exists(Path.Combine(other, "model.zip")));
    }

    private static ClassicTrainer Trainer(string name) => ClassicTrainer.All.Single(trainer => trainer.Name == name);

    private static string Run(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int code = DigitMLConsole.Run(args, output, error);
        Assert.True(code == 0, error.ToString());
        return output.ToString();
    }
}
