using System.Globalization;
using System.Text;
using DigitML.Engine.Files;

namespace DigitML.Engine.Learning;

/// <summary>
/// Writes one line per epoch as Keras's CSVLogger does: epoch, accuracy, loss, val_accuracy, val_loss, learning_rate, seconds. Epochs count from
/// 1; what was not measured is empty. The file is rewritten each time, so that it is always complete and includes the epochs before a
/// resume.
/// </summary>
/// <param name="path">The file.</param>
public sealed class CsvHistory(string path) : ITrainingObserver
{
    private const string Header = "epoch,accuracy,loss,val_accuracy,val_loss,learning_rate,seconds\n";

    private readonly string path = path ?? throw new ArgumentNullException(nameof(path));

    /// <inheritdoc/>
    public void TrainingStarted(TrainingOutline outline)
    {
        // The run may have been interrupted between writing its checkpoint and this file.
        if (outline.History.Count > 0) AtomicFile.WriteText(path, Format(outline.History));
    }

    /// <inheritdoc/>
    public void EpochEnded(EpochReport report, Checkpoint checkpoint) => AtomicFile.WriteText(path, Format(checkpoint.History));

    /// <summary>The text of the file.</summary>
    public static string Format(IReadOnlyList<EpochReport> history)
    {
        var text = new StringBuilder(Header);
        foreach (EpochReport epoch in history)
        {
            text.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch},{epoch.TrainingAccuracy:R},{epoch.TrainingLoss:R},")
                .Append(CultureInfo.InvariantCulture, $"{epoch.ValidationAccuracy:R},{epoch.ValidationLoss:R},{epoch.LearningRate:R},{epoch.Seconds:0.###}\n");
        }

        return text.ToString();
    }
}
