using System.Collections.Immutable;
using System.Globalization;
using DigitML.Engine.Learning;

namespace DigitML.MLNet;

/// <summary>A fit of <see cref="DigitCnnTrainer"/> was cancelled before its last epoch. A checkpoint that an observer wrote resumes it.</summary>
public sealed class TrainingCancelledException : OperationCanceledException
{
    internal TrainingCancelledException(ImmutableArray<TrainingResult> results, int networks, int epochs, CancellationToken token)
        : base(Text(results, networks, epochs), token)
    {
        TrainingResults = results;
        Networks = networks;
        Epochs = epochs;
    }

    /// <summary>The training results of the networks so far; the last one is the one that was cancelled, with the weights and the history of its finished epochs.</summary>
    public ImmutableArray<TrainingResult> TrainingResults { get; }

    /// <summary>Networks of the recipe.</summary>
    public int Networks { get; }

    /// <summary>Epochs that the cancelled network was to be trained for.</summary>
    public int Epochs { get; }

    /// <summary>Epochs that the cancelled network has finished, those before a resume included.</summary>
    public int EpochsDone => TrainingResults[^1].History.Count;

    private static string Text(ImmutableArray<TrainingResult> results, int networks, int epochs)
    {
        string network = networks == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" of network {results.Length} of {networks}");
        return string.Create(CultureInfo.InvariantCulture, $"Stopped after epoch {results[^1].History.Count} of {epochs}{network}.");
    }
}
