namespace DigitML.Engine.Learning;

/// <summary>One finished step. Loss and accuracy are means over the rows of the epoch so far, as Keras shows them.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="Step">Number of the step in its epoch, from 1.</param>
/// <param name="StepsPerEpoch">Steps per epoch.</param>
/// <param name="MeanLoss">Mean loss so far in this epoch.</param>
/// <param name="MeanAccuracy">Accuracy so far in this epoch, 0 .. 1.</param>
/// <param name="LearningRate">Learning rate of the step.</param>
/// <param name="Seconds">Wall-clock time since the epoch began.</param>
public readonly record struct StepReport(
    int Epoch, int Step, int StepsPerEpoch, double MeanLoss, double MeanAccuracy, float LearningRate, double Seconds);
