using System.Collections.Immutable;
using System.Globalization;
using DigitML.Engine.Learning;

namespace DigitML.MLNet;

/// <summary>Training with <see cref="DigitCnnTrainer"/> was cancelled before its last epoch. It can be resumed from a checkpoint that an observer wrote.</summary>
public sealed class TrainingCancelledException : OperationCanceledException
{
    internal TrainingCancelledException(ImmutableArray<TrainingResult> results, int networks, int epochs, CancellationToken token)
        : base(Text(results, networks, epochs), token)
    {
        TrainingResults = results;
        Networks = networks;
        Epochs = epochs;
    }

    /// <summary>The training results of the networks so far; the last one was cancelled and has the weights and history of its finished epochs.</summary>
    public ImmutableArray<TrainingResult> TrainingResults { get; }

    /// <summary>Number of networks in the recipe.</summary>
    public int Networks { get; }

    /// <summary>Number of epochs for which the cancelled network was to be trained.</summary>
    public int Epochs { get; }

    /// <summary>Number of epochs that the cancelled network has finished, including those before a resume.</summary>
    public int EpochsDone => TrainingResults[^1].History.Count;

    private static string Text(ImmutableArray<TrainingResult> results, int networks, int epochs)
    {
        string network = networks == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" of network {results.Length} of {networks}");
        return string.Create(CultureInfo.InvariantCulture, $"Stopped after epoch {results[^1].History.Count} of {epochs}{network}.");
    }
}
