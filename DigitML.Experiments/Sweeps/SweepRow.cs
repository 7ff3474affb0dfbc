using DigitML.Experiments.Evaluation;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Sweeps;

/// <summary>The result of one setting of a sweep. Everything is read from its run folder, so that an earlier run gives the same row as a new one.</summary>
/// <param name="Run">Its folder inside the sweep's.</param>
/// <param name="Epochs">Number of epochs trained.</param>
/// <param name="BatchSize">Rows per minibatch.</param>
/// <param name="SecondsPerEpoch">Mean wall-clock time per epoch, including validation.</param>
/// <param name="Seconds">Wall-clock time of all epochs.</param>
/// <param name="TrainingLoss">Mean training loss during the last epoch.</param>
/// <param name="TrainingAccuracy">Training accuracy during the last epoch.</param>
/// <param name="ValidationAccuracy">Accuracy on the validation rows after the last epoch; null without them.</param>
/// <param name="TestAccuracy">Accuracy of the run's model on the test rows; null without them.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="Set">The values set in the recipe, by path.</param>
internal sealed record SweepRow(
    string Run, int Epochs, int BatchSize, double SecondsPerEpoch, double Seconds, double TrainingLoss, double TrainingAccuracy, double? ValidationAccuracy,
    double? TestAccuracy, int Threads, IReadOnlyDictionary<string, string> Set)
{
    /// <summary>The row of a finished run.</summary>
    /// <exception cref="Engine.DigitMLException">Its files cannot be read.</exception>
    internal static SweepRow Of(RunFolder folder, RunPlan plan, SweepSetting setting)
    {
        IReadOnlyList<RunEpoch> history = RunHistory.Read(folder.History);
        RunEpoch last = history[^1];
        double seconds = history.Sum(epoch => epoch.Seconds);
        return new SweepRow(
            Path.GetFileName(folder.Path), history.Count, plan.Recipe!.Training.BatchSize, seconds / history.Count, seconds, last.Loss, last.Accuracy,
            last.ValidationAccuracy, plan.TestData is null ? null : MetricsFile.Read(folder.Metrics).MicroAccuracy, plan.Device.Threads,
            (setting.Overrides.Settings ?? []).ToDictionary(one => one.Path, one => one.Value));
    }
}
