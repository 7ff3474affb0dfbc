using DigitML.Engine.Learning;

namespace DigitML.Experiments.Progress;

/// <summary>Shows a training run as Keras does: in a terminal, a bar with the remaining time of the epoch and of the run; in a pipe or a log, one line per epoch.</summary>
/// <param name="log">Receives the lines.</param>
/// <param name="isInteractive">True if <paramref name="log"/> is a terminal that can redraw its last line.</param>
/// <param name="width">Columns of that terminal: lines are shortened or broken to fit.</param>
public sealed class KerasProgress(TextWriter log, bool isInteractive, int width = int.MaxValue) : ITrainingObserver
{
    private const double SecondsBetweenDrawings = 0.1;

    private int epochs, lineLength, finishedEpochs;
    private double finishedSeconds;
    private bool showsRate;
    private double drawnAt;

    /// <inheritdoc/>
    public void TrainingStarted(TrainingOutline outline)
    {
        epochs = outline.Plan.Epochs;
        showsRate = outline.Plan.LearningRate is not Constant;
        if (outline.History.Count > 0) log.WriteLine($"Resuming after epoch {outline.History.Count} of {epochs}.");
    }

    /// <inheritdoc/>
    public void StepEnded(StepReport report)
    {
        if (report.Step == 1)
        {
            log.WriteLine($"Epoch {report.Epoch}/{epochs}");
            drawnAt = double.NegativeInfinity;
        }

        if (!isInteractive || report.Step == report.StepsPerEpoch || report.Seconds - drawnAt < SecondsBetweenDrawings) return;
        drawnAt = report.Seconds;
        Draw(KerasLine.Running(width, report.Step, report.StepsPerEpoch, report.Seconds, SecondsLeft(report), ("accuracy", report.MeanAccuracy), ("loss", report.MeanLoss)));
    }

    /// <inheritdoc/>
    public void EpochEnded(EpochReport report, Checkpoint checkpoint)
    {
        List<(string, double)> metrics = [("accuracy", report.TrainingAccuracy), ("loss", report.TrainingLoss)];
        if (report is { ValidationAccuracy: { } accuracy, ValidationLoss: { } loss }) metrics.AddRange([("val_accuracy", accuracy), ("val_loss", loss)]);
        if (showsRate) metrics.Add(("learning_rate", report.LearningRate));
        finishedEpochs++;
        finishedSeconds += report.Seconds;
        if (isInteractive)
        {
            Draw(KerasLine.Wrapped(KerasLine.Finished(report.Steps, report.Seconds, [.. metrics]), width));
            EndLine();
        }
        else
        {
            log.WriteLine(KerasLine.Log(report.Steps, report.Seconds, [.. metrics]));
        }
    }

    /// <inheritdoc/>
    public void TrainingEnded(TrainingResult result) => EndLine();

    // Of the whole run; null for a run of one epoch, whose time Keras's line shows already.
    private double? SecondsLeft(StepReport report)
    {
        if (epochs == 1) return null;
        double thisEpoch = report.Seconds / report.Step * report.StepsPerEpoch;
        double perEpoch = finishedEpochs > 0 ? finishedSeconds / finishedEpochs : thisEpoch;
        return thisEpoch - report.Seconds + (epochs - report.Epoch) * perEpoch;
    }

    private void Draw(string line)
    {
        int end = line.IndexOf('\n', StringComparison.Ordinal);
        string first = end < 0 ? line : line[..end];
        log.Write($"\r{first.PadRight(lineLength)}{line[first.Length..]}");
        lineLength = first.Length;
    }

    private void EndLine()
    {
        if (lineLength > 0) log.WriteLine();
        lineLength = 0;
    }
}
