using System.Globalization;
using DigitML.Data;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Experiments.RunFiles;

/// <summary>One epoch of a run's history.csv.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Accuracy">Training accuracy during the epoch, 0 .. 1.</param>
/// <param name="Loss">Mean training loss.</param>
/// <param name="ValidationAccuracy">Validation accuracy after the epoch, 0 .. 1; null without validation.</param>
/// <param name="ValidationLoss">Mean validation loss.</param>
/// <param name="LearningRate">Learning rate of its last step.</param>
/// <param name="Seconds">Wall-clock time, validation included.</param>
internal sealed record RunEpoch(int Epoch, double Accuracy, double Loss, double? ValidationAccuracy, double? ValidationLoss, double LearningRate, double Seconds);

/// <summary>Reads history.csv, which <see cref="Engine.Learning.CsvHistory"/> writes.</summary>
internal static class RunHistory
{
    private const string Header = "epoch,accuracy,loss,val_accuracy,val_loss,learning_rate,seconds";

    /// <summary>The epochs of a file, at least one.</summary>
    /// <exception cref="DigitMLException">The file is missing or is not a history.</exception>
    internal static IReadOnlyList<RunEpoch> Read(string path) => ProgramCsv.Read(path, Header, Epoch, ("not the history of a run", "start a new run"));

    private static RunEpoch Epoch(string[] fields, int epoch)
    {
        if (fields[0] != epoch.ToString(CultureInfo.InvariantCulture)) throw new FormatException($"it lacks epoch {epoch}");
        return new RunEpoch(epoch, Number(1), Number(2), NumberOrNull(3), NumberOrNull(4), Number(5), Number(6));

        double Number(int column) => double.TryParse(fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number : throw new FormatException($"{DisplayText.Value(fields[column])} is not a number");

        double? NumberOrNull(int column) => fields[column].Length == 0 ? null : Number(column);
    }
}
