using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Learning;

public class TrainerObserverTests
{
    private static readonly TrainingPlan Plan = new(2, 4, new Adam(), new Constant(0.01f));

    [Fact]
    public void Observers_see_start_steps_epochs_and_end_in_the_order_they_were_given()
    {
        var seen = new List<string>();
        Fit([new Recorder("a", seen), new Recorder("b", seen)]);
        string[] expected = ["start 6 rows, 3 validated, 2 steps", "step 1.1", "step 1.2", "epoch 1 of 1", "step 2.1", "step 2.2", "epoch 2 of 2", "end Completed"];
        Assert.Equal(expected.SelectMany(what => new[] { $"a: {what}", $"b: {what}" }), seen);
    }

    [Fact]
    public void Steps_report_the_means_so_far_in_the_epoch()
    {
        var steps = new List<StepReport>();
        Fit([new StepCollector(steps)], new ScriptedDevice { Loss = step => step });
        Assert.Equal([1, (1 * 4 + 2 * 2) / 6.0, 3, (3 * 4 + 4 * 2) / 6.0], steps.Select(step => step.MeanLoss));
        Assert.Equal([1 / 4.0, 2 / 6.0, 1 / 4.0, 2 / 6.0], steps.Select(step => step.MeanAccuracy));
        Assert.All(steps, step => Assert.Equal((2, 0.01f), (step.StepsPerEpoch, step.LearningRate)));
    }

    [Fact]
    public void A_failure_of_an_observer_ends_the_run()
    {
        var seen = new List<string>();
        Assert.Throws<DigitMLException>(() => Fit([new Recorder("a", seen, failAt: "epoch 1 of 1")]));
        Assert.Equal("a: epoch 1 of 1", seen[^1]);
    }

    [Fact]
    public void History_is_written_as_a_table_after_every_epoch()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "history.csv");
        Fit([new CsvHistory(path)], new ScriptedDevice { Loss = step => step, Score = _ => 1 });
        string[] lines = File.ReadAllText(path).Split('\n');
        Assert.Equal("epoch,accuracy,loss,val_accuracy,val_loss,learning_rate,seconds", lines[0]);
        Assert.StartsWith("1,0.3333333333333333,1.3333333333333333,1,0,0.01,", lines[1]);
        Assert.StartsWith("2,0.3333333333333333,3.3333333333333335,1,0,0.01,", lines[2]);
        Assert.Equal("", lines[3]);
        Assert.Equal(4, lines.Length);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void What_was_not_measured_is_empty_in_the_table() =>
        Assert.Equal("epoch,accuracy,loss,val_accuracy,val_loss,learning_rate,seconds\n1,0.5,1,,,0.01,1\n", CsvHistory.Format([Histories.Report(1)]));

    private static void Fit(ITrainingObserver[] observers, ScriptedDevice? device = null) => new Trainer(device ?? new ScriptedDevice())
        .Fit(Stripes.Network, Stripes.OneClass(6), Plan, new FitOptions { Validation = Stripes.OneClass(3), Observers = observers });

    private sealed class StepCollector(List<StepReport> steps) : ITrainingObserver
    {
        public void StepEnded(StepReport report) => steps.Add(report);
    }

    private sealed class Recorder(string name, List<string> seen, string? failAt = null) : ITrainingObserver
    {
        public void TrainingStarted(TrainingOutline outline) =>
            See($"start {outline.TrainingRows} rows, {outline.ValidationRows} validated, {outline.StepsPerEpoch} steps");

        public void StepEnded(StepReport report) => See($"step {report.Epoch}.{report.Step}");

        public void EpochEnded(EpochReport report, Checkpoint checkpoint) => See($"epoch {report.Epoch} of {checkpoint.History.Count}");

        public void TrainingEnded(TrainingResult result) => See($"end {result.StopReason}");

        private void See(string what)
        {
            seen.Add($"{name}: {what}");
            if (what == failAt) throw new DigitMLException("enough");
        }
    }
}
