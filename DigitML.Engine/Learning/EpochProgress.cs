using System.Diagnostics;
using DigitML.Engine.Devices;

namespace DigitML.Engine.Learning;

/// <summary>The running means of an epoch.</summary>
/// <param name="index">The epoch, from 0.</param>
/// <param name="stepsPerEpoch">Steps per epoch.</param>
internal sealed class EpochProgress(int index, int stepsPerEpoch)
{
    private readonly long startTimestamp = Stopwatch.GetTimestamp();
    private double lossSum;
    private long correct;
    private float learningRate;

    internal int Index => index;

    internal int Steps { get; private set; }

    internal int Samples { get; private set; }

    internal double Seconds => Stopwatch.GetElapsedTime(startTimestamp).TotalSeconds;

    /// <summary>Adds a step's loss.</summary>
    /// <exception cref="DigitMLException">The loss is not finite.</exception>
    internal void Add(MinibatchLoss loss, int count, float rate)
    {
        Steps++;
        if (!double.IsFinite(loss.Mean))
        {
            string what = double.IsNaN(loss.Mean) ? "not a number" : "infinite", where = $"epoch {index + 1}, step {Steps} of {stepsPerEpoch}";
            throw new DigitMLException($"The loss is {what} at {where}, with a learning rate of {rate:R}; lower the learning rate.");
        }

        Samples += count;
        lossSum += loss.Mean * count;
        correct += loss.CorrectCount;
        learningRate = rate;
    }

    internal StepReport StepReport() => new(index + 1, Steps, stepsPerEpoch, MeanLoss, MeanAccuracy, learningRate, Seconds);

    internal EpochReport EpochReport(double trainingSeconds, (double Loss, double Accuracy)? validation) => new(
        index + 1, MeanLoss, MeanAccuracy, validation?.Loss, validation?.Accuracy, learningRate, Seconds, trainingSeconds, Steps, Samples);

    private double MeanLoss => lossSum / Samples;

    private double MeanAccuracy => (double)correct / Samples;
}
