namespace DigitML.Experiments.Runs;

/// <summary>A run was stopped by the user; its folder holds what is needed to resume it.</summary>
/// <param name="epochsDone">Number of finished epochs, which need not be repeated.</param>
/// <param name="epochs">Number of epochs in the plan.</param>
/// <param name="nextCommand">The command that resumes it.</param>
internal sealed class RunStoppedException(int epochsDone, int epochs, string nextCommand) : OperationCanceledException(
    $"Stopped after epoch {epochsDone} of {epochs}. To resume, run:{Environment.NewLine}  {nextCommand}")
{
    /// <summary>The same with another command that resumes it.</summary>
    internal RunStoppedException GoingOnBy(string command) => new(epochsDone, epochs, command);
}
