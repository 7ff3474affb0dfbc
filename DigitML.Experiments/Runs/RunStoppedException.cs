namespace DigitML.Experiments.Runs;

/// <summary>A run was stopped by the user; its folder holds what is needed to resume it.</summary>
/// <param name="when">When it was stopped: "after epoch 2 of 5".</param>
/// <param name="nextCommand">The command that resumes it.</param>
internal sealed class RunStoppedException(string when, string nextCommand) : OperationCanceledException($"Stopped {when}. To resume, run:{Environment.NewLine}  {nextCommand}")
{
    /// <summary>A run that was stopped between two epochs.</summary>
    /// <param name="epochsDone">Number of finished epochs, which need not be repeated.</param>
    /// <param name="epochs">Number of epochs in the plan.</param>
    /// <param name="nextCommand">The command that resumes it.</param>
    internal RunStoppedException(int epochsDone, int epochs, string nextCommand)
        : this($"after epoch {epochsDone} of {epochs}", nextCommand)
    {
    }

    /// <summary>The same with another command that resumes it.</summary>
    internal RunStoppedException GoingOnBy(string command) => new(when, command);
}
