using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Experiments.Runs;
using DigitML.Model;

namespace DigitML.Tests.EndToEnd;

public sealed class PipelineRunTests : IDisposable
{
    private static readonly EpochReport Epoch = new(1, 0.5, 0.75, 0.25, 0.875, 0.01f, 2, 1.5, 40, 400);

    private readonly SmallData data = new();

    [Fact]
    public void The_epochs_of_a_trainer_are_its_history()
    {
        var log = new StringWriter { NewLine = "\n" };
        RunOutcome outcome = Start("run", log, CancellationToken.None);
        Assert.Equal(2, outcome.Summary.Epochs);
        Assert.Equal(3, File.ReadAllLines(outcome.Folder.History).Length);
        Assert.Contains(
            "Epoch 2\n40/40 - 2s - 50ms/step - accuracy: 0.7500 - loss: 0.5000 - val_accuracy: 0.8750 - val_loss: 0.2500 - learning_rate: 0.0100", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trainer_that_is_stopped_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Start("run", TextWriter.Null, stop.Token));
        Assert.False(Directory.Exists(data.In("run")));
    }

    [Fact]
    public void A_trainer_that_fails_leaves_nothing()
    {
        var run = new PipelineRun(new RunEnvironment(TextWriter.Null, IsInteractive: false, int.MaxValue, request => request.Open(), CancellationToken.None));
        var request = new TrainingRequest { Data = data.Train, Out = data.In("run") };
        Assert.Throws<IOException>(() => run.Start("fake", "fails", request, (_, _, _) => throw new IOException("no space is left")));
        Assert.False(Directory.Exists(data.In("run")));
    }

    public void Dispose() => data.Dispose();

    private RunOutcome Start(string name, TextWriter log, CancellationToken cancellation)
    {
        var run = new PipelineRun(new RunEnvironment(log, IsInteractive: false, int.MaxValue, request => request.Open(), cancellation));
        return run.Start("fake", "two epochs", new TrainingRequest { Data = data.Train, Out = data.In(name) }, (inputs, _, epochEnded) =>
        {
            epochEnded(Epoch);
            epochEnded(Epoch with { Epoch = 2 });
            return new EvenScorer(inputs.Labels, inputs.Training.Height, inputs.Training.Width);
        });
    }

    private sealed class EvenScorer(LabelMap labels, int height, int width) : IDigitScorer
    {
        public LabelMap Labels => labels;

        public int Height => height;

        public int Width => width;

        public void PredictBatch(ReadOnlySpan<byte> pixels, int count, Span<float> scores) => scores.Fill(1f / labels.Count);

        public void Dispose()
        {
        }
    }
}
