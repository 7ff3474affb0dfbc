using System.Globalization;
using CsvHelper;
using DigitML.Engine;
using DigitML.Training.Data;

namespace DigitML.Training.RunFiles;

/// <summary>One epoch of a run's history.csv.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Accuracy">Share of the training rows that were right while it ran, 0 .. 1.</param>
/// <param name="Loss">Mean training loss.</param>
/// <param name="ValidationAccuracy">Share of the validation rows that are right after it; null without validation.</param>
/// <param name="ValidationLoss">Mean loss on them.</param>
/// <param name="LearningRate">Learning rate of its last step.</param>
/// <param name="Seconds">Wall-clock time, validation included.</param>
internal sealed record RunEpoch(int Epoch, double Accuracy, double Loss, double? ValidationAccuracy, double? ValidationLoss, double LearningRate, double Seconds);

/// <summary>Reads history.csv, which <see cref="Engine.Learning.CsvHistory"/> writes.</summary>
internal static class RunHistory
{
    private const string Header = "epoch,accuracy,loss,val_accuracy,val_loss,learning_rate,seconds";

    private static readonly CsvReaderOptions Options = new() { HasHeader = false, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };

    /// <summary>The epochs of a file, at least one.</summary>
    /// <exception cref="DigitMLException">The file is missing or is no history.</exception>
    internal static IReadOnlyList<RunEpoch> Read(string path) => InputFile.Find(path).Read(stream =>
    {
        using CsvReader reader = CsvReader.Create(stream, Options, leaveOpen: true);
        try
        {
            var epochs = new List<RunEpoch>();
            bool hasHeader = reader.Read() && string.Join(',', Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)) == Header;
            while (hasHeader && reader.Read()) epochs.Add(Epoch(reader, epochs.Count + 1));
            return epochs.Count > 0 ? epochs : throw new FormatException("its header is another or it has no epochs");
        }
        catch (Exception failure) when (failure is FormatException or CsvFormatException)
        {
            throw new DigitMLException($"{path}:{reader.LineNumber}: it is no history of a run: {failure.Message.TrimEnd('.')}; train anew.", failure);
        }
    });

    private static RunEpoch Epoch(CsvReader reader, int epoch)
    {
        if (reader.FieldCount != 7 || reader.GetString(0) != epoch.ToString(CultureInfo.InvariantCulture)) throw new FormatException($"it lacks epoch {epoch}");
        return new RunEpoch(epoch, Number(1), Number(2), NumberOrNull(3), NumberOrNull(4), Number(5), Number(6));

        double Number(int column) => double.Parse(reader.GetString(column), NumberStyles.Float, CultureInfo.InvariantCulture);

        double? NumberOrNull(int column) => reader.GetString(column).Length == 0 ? null : Number(column);
    }
}
