namespace DigitML.Engine.Learning;

/// <summary>
/// Receives the events of a training run, on the training thread. An exception thrown here ends the run. Every method is optional.
/// </summary>
public interface ITrainingObserver
{
    /// <summary>Training is about to begin.</summary>
    void TrainingStarted(TrainingOutline outline) { }

    /// <summary>A step is done.</summary>
    void StepEnded(StepReport report) { }

    /// <summary>An epoch is done and validated.</summary>
    /// <param name="report">The epoch.</param>
    /// <param name="checkpoint">Everything needed to resume from here, and the history so far. Valid until the method returns; the trainer
    /// keeps updating it.</param>
    void EpochEnded(EpochReport report, Checkpoint checkpoint) { }

    /// <summary>Training has ended: completed, stopped early or cancelled. Not called if it failed.</summary>
    void TrainingEnded(TrainingResult result) { }
}
