using DigitML.Engine.Learning;
using DigitML.Training;
using DigitML.Experiments.OtherTrainers;

namespace DigitML.MLNet.Tests;

public sealed class OtherRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("digitml-other-").FullName;

    [Fact]
    public void A_trainer_that_is_stopped_leaves_nothing_and_its_epochs_are_kept_otherwise()
    {
        using var stop = new CancellationTokenSource();
        var error = new StringWriter();
        var terminal = new Terminal(new StringWriter(), error, IsInteractive: false, HasColors: false, stop.Token);
        var epoch = new EpochReport(1, 0.5, 0.75, 0.25, 0.875, 0.01f, 2, 1.5, 40, 400);
        var trainer = new OtherTrainer("fake", "two epochs", inputs =>
        {
            Assert.Equal(new OtherSettings("mobilenet_v2", 2, null, null), inputs.Settings);
            inputs.EpochEnded(epoch);
            inputs.EpochEnded(epoch with { Epoch = 2 });
            return new OtherModel(rows => [.. Enumerable.Repeat(0.1f, rows.Count * 10)], path => Path.Combine(path, "model.zip"));
        });
        string run = Path.Combine(folder, "run");
        var request = new Experiments.Runs.TrainingRequest(Digits.TestFile, null, null, new(Epochs: 2, Seed: 1), null, null, run, null, new());
        OtherOutcome outcome = new OtherRun(terminal.Environment(request => request.Open())).Run(trainer, request, "mobilenet_v2");
        Assert.Equal(2, outcome.LastEpoch.Epoch);
        Assert.Equal(3, File.ReadAllLines(outcome.Folder.History).Length);
        Assert.Contains("Epoch 2\n40/40 - 2s - 50ms/step - accuracy: 0.7500 - loss: 0.5000 - val_accuracy: 0.8750 - val_loss: 0.2500 - learning_rate: 0.0100", error.ToString(), StringComparison.Ordinal);

        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new OtherRun(terminal.Environment(request => request.Open())).Run(trainer, request with { Out = run + "2" }, "mobilenet_v2"));
        Assert.False(Directory.Exists(run + "2"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
