namespace DigitML.Experiments.Runs;

/// <summary>A run was stopped by the user; its folder holds what is needed to go on.</summary>
/// <param name="epochsDone">Epochs that need not be done again.</param>
/// <param name="epochs">Epochs of the plan.</param>
/// <param name="nextCommand">What to type to go on.</param>
internal sealed class RunStoppedException(int epochsDone, int epochs, string nextCommand) : OperationCanceledException(
    $"Stopped after epoch {epochsDone} of {epochs}. To go on, type:{Environment.NewLine}  {nextCommand}")
{
    /// <summary>The same with another command to go on with.</summary>
    internal RunStoppedException GoingOnBy(string command) => new(epochsDone, epochs, command);
}
