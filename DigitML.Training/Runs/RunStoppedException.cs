namespace DigitML.Training.Runs;

/// <summary>A run was stopped by the user; its folder holds what is needed to go on.</summary>
internal sealed class RunStoppedException(RunFolder folder, int epochsDone, int epochs) : OperationCanceledException(
    $"Stopped after epoch {epochsDone} of {epochs}. To go on, type:{Environment.NewLine}  {TypedCommand.Of("train", "--resume", folder.Path)}");
