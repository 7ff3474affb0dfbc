using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Experiments;
using DigitML.Experiments.Comparisons;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Models;
using DigitML.Experiments.Reports;
using DigitML.Experiments.Runs;

namespace DigitML.Tests.EndToEnd;

public sealed class ExperimentTests : IDisposable
{
    private readonly SmallData data = new();

    [Fact]
    public void A_run_that_was_cancelled_resumes_to_the_model_it_would_have_been()
    {
        using var stop = new CancellationTokenSource();
        using var log = new StringWriter();
        using var interrupted = new StoppingLog(stop, "Epoch 3/4");
        TrainingRequest request = Request("whole");
        Experiment whole = Experiment.Train(request);
        Assert.ThrowsAny<OperationCanceledException>(() => Experiment.Train(request with { Out = data.In("stopped") }, interrupted, stop.Token));

        Experiment resumed = Experiment.Resume(data.In("stopped"), log: log);

        Assert.Contains("Epoch 4/4", log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Epoch 1/4", log.ToString(), StringComparison.Ordinal);
        Assert.Equal(whole.Model!.ComputeSha256(), resumed.Model!.ComputeSha256());
        Assert.Equal(whole.Metrics!.ToJson(), resumed.Metrics!.ToJson());
        Assert.Equal((data.In("stopped"), data.In("stopped/model.onnx")), (resumed.Folder, resumed.ModelPath));
        Assert.True(File.Exists(resumed.ReportPath));
    }

    [Fact]
    public void A_run_of_several_networks_gives_one_model_of_all()
    {
        Experiment both = Experiment.Train(Request("both") with { Overrides = new RecipeOverrides(Epochs: 1, Networks: 2) });

        Assert.Equal(2, both.Model!.Members.Length);
        Assert.Equal(2, both.Summary.Networks!.Value.Length);
        Assert.Equal((100, both.Summary.MicroAccuracy), (both.Metrics!.Rows, both.Metrics.MicroAccuracy));
    }

    [Fact]
    public void A_trainer_of_MLNet_gives_a_run_that_is_compared_and_evaluated_like_others()
    {
        Experiment network = Experiment.Train(Request("network"));
        Experiment linear = Experiment.Train(new TrainingRequest { Trainer = "lbfgs", Data = data.Train, TestData = data.Test, Out = data.In("linear") });
        Assert.Null(linear.Model);
        Assert.Equal(data.In("linear/model.zip"), linear.ModelPath);

        Comparison comparison = Comparison.Of([network.Folder, linear.Folder]);
        AccuracyDifference difference = Assert.Single(comparison.Differences);
        Assert.Equal(100 * (linear.Metrics!.MicroAccuracy - network.Metrics!.MicroAccuracy), difference.Points, 9);
        Assert.Contains(difference.Describe(), comparison.ToText(), StringComparison.Ordinal);
        Assert.Contains(difference.Describe(), comparison.ToMarkdown(), StringComparison.Ordinal);

        using OpenedModel model = OpenedModel.Open(linear.Folder);
        DigitFile rows = DigitFiles.Load(data.Test, new DigitFileOptions { LabelMap = model.Scorer.Labels });
        EvaluationResult result = model.Scorer.Evaluate(rows);
        Assert.Equal(linear.Metrics.ToJson(), MetricsFile.Of(result).ToJson());
        EvaluationReport.Write(data.In("linear.html"), model, rows, result);
        Assert.Contains("model.zip</h1>", File.ReadAllText(data.In("linear.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trainer_of_MLNet_takes_no_recipe()
    {
        DigitMLException refused = Assert.Throws<DigitMLException>(() => Experiment.Train(Request("refused") with { Trainer = "lbfgs" }));

        Assert.Equal("Trainer \"lbfgs\" has no recipe and cannot retrain a model; omit both, or use the trainer \"digitcnn\".", refused.Message);
        Assert.False(Directory.Exists(data.In("refused")));
    }

    public void Dispose() => data.Dispose();

    private TrainingRequest Request(string name) => new() { Data = data.Train, TestData = data.Test, Recipe = data.Recipe, Out = data.In(name) };

    // Cancels when a line begins so.
    private sealed class StoppingLog(CancellationTokenSource stop, string line) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith(line, StringComparison.Ordinal) == true) stop.Cancel();
        }
    }
}
