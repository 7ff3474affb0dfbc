using DigitML.Engine.Learning;

namespace DigitML.Experiments.Progress;

/// <summary>Shows a training run as Keras does: in a terminal, a bar with the remaining time; in a pipe or a log, one line per epoch.</summary>
/// <param name="log">Receives the lines.</param>
/// <param name="isInteractive">True if <paramref name="log"/> is a terminal that can redraw its last line.</param>
public sealed class KerasProgress(TextWriter log, bool isInteractive) : ITrainingObserver
{
    private const double SecondsBetweenDrawings = 0.1;

    private int epochs, lineLength;
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
        Draw(KerasLine.Running(report.Step, report.StepsPerEpoch, report.Seconds, ("accuracy", report.MeanAccuracy), ("loss", report.MeanLoss)));
    }

    /// <inheritdoc/>
    public void EpochEnded(EpochReport report, Checkpoint checkpoint)
    {
        List<(string, double)> metrics = [("accuracy", report.TrainingAccuracy), ("loss", report.TrainingLoss)];
        if (report is { ValidationAccuracy: { } accuracy, ValidationLoss: { } loss }) metrics.AddRange([("val_accuracy", accuracy), ("val_loss", loss)]);
        if (showsRate) metrics.Add(("learning_rate", report.LearningRate));
        if (isInteractive)
        {
            Draw(KerasLine.Finished(report.Steps, report.Seconds, [.. metrics]));
            EndLine();
        }
        else
        {
            log.WriteLine(KerasLine.Log(report.Steps, report.Seconds, [.. metrics]));
        }
    }

    /// <inheritdoc/>
    public void TrainingEnded(TrainingResult result) => EndLine();

    private void Draw(string line)
    {
        log.Write($"\r{line.PadRight(lineLength)}");
        lineLength = line.Length;
    }

    private void EndLine()
    {
        if (lineLength > 0) log.WriteLine();
        lineLength = 0;
    }
}
