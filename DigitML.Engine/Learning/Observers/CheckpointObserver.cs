namespace DigitML.Engine.Learning;

/// <summary>Writes a checkpoint after every epoch, so that an interruption loses at most the epoch under way.</summary>
/// <param name="path">The file, replaced each time.</param>
public sealed class CheckpointObserver(string path) : ITrainingObserver
{
    private readonly string path = path ?? throw new ArgumentNullException(nameof(path));

    /// <inheritdoc/>
    public void EpochEnded(EpochReport report, Checkpoint checkpoint) => checkpoint.Write(path);
}
