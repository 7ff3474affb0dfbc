using System.Diagnostics;
using System.Globalization;
using DigitML.Engine.Learning;
using Microsoft.ML.Vision;

namespace DigitML.MLNet.Vision;

/// <summary>Converts the progress reports of ML.NET's trainer to lines and epochs.</summary>
/// <param name="trainingRows">Number of training rows.</param>
/// <param name="validationRows">Number of held-out rows; 0 for none.</param>
/// <param name="tell">Receives the progress of the images through the backbone, which runs once per image, before the first epoch.</param>
/// <param name="epochEnded">Receives every epoch. An exception from it stops the training.</param>
internal sealed class ImageClassifierProgress(int trainingRows, int validationRows, Action<string> tell, Action<EpochReport> epochEnded)
{
    private const int ImagesBetweenLines = 1000;

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private EpochReport? training;
    private double begun;

    internal void Report(ImageClassificationTrainer.ImageClassificationMetrics metrics)
    {
        if (metrics.Bottleneck is { } bottleneck) ReportImage(bottleneck);
        if (metrics.Train is { } train) ReportEpoch(train);
    }

    private void ReportImage(ImageClassificationTrainer.BottleneckMetrics bottleneck)
    {
        bool held = bottleneck.DatasetUsed == ImageClassificationTrainer.ImageClassificationMetrics.Dataset.Validation;
        int rows = held ? validationRows : trainingRows;
        begun = watch.Elapsed.TotalSeconds;
        if (bottleneck.Index % ImagesBetweenLines != 0 && bottleneck.Index != rows) return;
        tell(string.Create(CultureInfo.InvariantCulture, $"{bottleneck.Index:N0} of {rows:N0} {(held ? "held-out images" : "training images")} through the backbone"));
    }

    // ML.NET writes each report into the same object, and counts epochs from 0.
    private void ReportEpoch(ImageClassificationTrainer.TrainMetrics metrics)
    {
        double now = watch.Elapsed.TotalSeconds;
        if (metrics.DatasetUsed == ImageClassificationTrainer.ImageClassificationMetrics.Dataset.Train)
        {
            training = new EpochReport(
                metrics.Epoch + 1, metrics.CrossEntropy, metrics.Accuracy, ValidationLoss: null, ValidationAccuracy: null, metrics.LearningRate, now - begun, now - begun,
                metrics.BatchProcessedCount, trainingRows);
            if (validationRows == 0) End(training);
            return;
        }

        End(training! with { ValidationLoss = metrics.CrossEntropy, ValidationAccuracy = metrics.Accuracy, Seconds = now - begun });
    }

    private void End(EpochReport epoch)
    {
        begun = watch.Elapsed.TotalSeconds;
        epochEnded(epoch);
    }
}
