using System.Diagnostics;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>The state of one call of <see cref="Trainer.Fit"/>: its checkpoint, the epoch under way, whether and why it ends, and its observers.</summary>
internal sealed class TrainingSession(Network network, TrainingPlan plan, Lazy<RunFingerprint> fingerprint, IReadOnlyList<ITrainingObserver> observers)
{
    private readonly long startTimestamp = Stopwatch.GetTimestamp();
    private EpochProgress progress = new(0, 0);
    private int stepsPerEpoch;

    internal Checkpoint Checkpoint { get; } = new(network, plan, fingerprint);

    /// <summary>Why the run ends; null while it continues.</summary>
    internal StopReason? StopReason { get; private set; }

    /// <summary>The learning rate of the step under way.</summary>
    /// <exception cref="DigitMLException">The schedule gives an invalid one.</exception>
    internal float LearningRate
    {
        get
        {
            float rate = plan.LearningRate.RateAt(new StepPosition(progress.Index, progress.Steps, stepsPerEpoch, plan.Epochs), Checkpoint.History);
            if (rate >= 0 && float.IsFinite(rate)) return rate;
            throw new DigitMLException(
                $"The learning rate of epoch {progress.Index + 1}, step {progress.Steps + 1} of {stepsPerEpoch} is {rate:R}; it must be 0 or more, so correct the schedule.");
        }
    }

    internal void Begin(NetworkWeights? initialWeights)
    {
        TrainingState state = Checkpoint.State;
        if (initialWeights is null) state.Weights.Initialize(plan.Initializer, plan.Seed);
        else state.Weights.CopyFrom(initialWeights);
        state.AveragedWeights?.CopyFrom(state.Weights);
    }

    internal void Resume(Checkpoint from)
    {
        from.Fingerprint.Value.CheckSame(fingerprint.Value);
        Checkpoint.CopyFrom(from);
        StopReason = ReasonToStop();
    }

    internal void Start(int trainingRows, int validationRows, int steps)
    {
        stepsPerEpoch = steps;
        var outline = new TrainingOutline(network, plan, trainingRows, validationRows, steps, [.. Checkpoint.History]);
        foreach (ITrainingObserver observer in observers) observer.TrainingStarted(outline);
    }

    internal EpochProgress BeginEpoch() => progress = new EpochProgress(Checkpoint.Epoch, stepsPerEpoch);

    internal void EndStep()
    {
        StepReport report = progress.StepReport();
        for (int i = 0; i < observers.Count; i++) observers[i].StepEnded(report);
    }

    internal void EndEpoch(ITrainingProgram program, Validator? validator)
    {
        double trainingSeconds = progress.Seconds;
        program.Save(Checkpoint.State);
        EpochReport report = progress.EpochReport(trainingSeconds, validator?.Measure(Checkpoint.CurrentWeights));
        if (report.ValidationLoss is double.NaN)
        {
            throw new DigitMLException($"The validation loss is not a number after epoch {report.Epoch}; lower the learning rate.");
        }

        Checkpoint.Add(report);
        foreach (ITrainingObserver observer in observers) observer.EpochEnded(report, Checkpoint);
        StopReason = ReasonToStop();
    }

    internal void Cancel() => StopReason = Learning.StopReason.Cancelled;

    internal TrainingResult End()
    {
        NetworkWeights weights = Checkpoint.BestWeights ?? Checkpoint.CurrentWeights;
        int weightsEpoch = Checkpoint.BestWeights is null ? Checkpoint.Epoch : Checkpoint.BestEpoch;
        var result = new TrainingResult(
            weights, [.. Checkpoint.History], Checkpoint.BestEpoch, weightsEpoch, StopReason!.Value,
            Stopwatch.GetElapsedTime(startTimestamp).TotalSeconds);
        foreach (ITrainingObserver observer in observers) observer.TrainingEnded(result);
        return result;
    }

    private StopReason? ReasonToStop()
    {
        if (Checkpoint.Epoch >= plan.Epochs) return Learning.StopReason.Completed;
        return plan.EarlyStopping?.Judge(Checkpoint.History).Stop == true ? Learning.StopReason.EarlyStopped : null;
    }
}
