namespace DigitML.Engine.Learning;

/// <summary>One finished epoch.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="TrainingLoss">Mean loss over the training rows, each measured when its step ran: with augmentation, dropout and smoothed
/// labels.</param>
/// <param name="TrainingAccuracy">Share of those rows that were predicted correctly, 0 .. 1.</param>
/// <param name="ValidationLoss">Mean cross-entropy over the validation rows (labels not smoothed); null without validation.</param>
/// <param name="ValidationAccuracy">Share of the validation rows that are predicted correctly, 0 .. 1; null without validation.</param>
/// <param name="LearningRate">Learning rate of its last step.</param>
/// <param name="Seconds">Wall-clock time of the epoch, validation included.</param>
/// <param name="TrainingSeconds">Wall-clock time of its steps alone.</param>
/// <param name="Steps">Number of minibatches in the epoch.</param>
/// <param name="Samples">Number of training rows in the epoch.</param>
public sealed record EpochReport(
    int Epoch, double TrainingLoss, double TrainingAccuracy, double? ValidationLoss, double? ValidationAccuracy,
    float LearningRate, double Seconds, double TrainingSeconds, int Steps, int Samples);
