using System.Collections.Immutable;
using DigitML.Data.Recipes;

namespace DigitML.Experiments.Search;

/// <summary>A recipe that a search tries.</summary>
/// <param name="Number">Its number, from 1, in the order of first trials.</param>
/// <param name="Recipe">The recipe; its epochs are those of its last trial.</param>
/// <param name="Parameters">Number of trained parameters.</param>
/// <param name="Trials">Its trials, one or more, each longer than the one before.</param>
internal sealed record Candidate(int Number, Recipe Recipe, int Parameters, ImmutableArray<Trial> Trials)
{
    /// <summary>The longest trial, by which it is judged.</summary>
    internal Trial Last => Trials[^1];
}

/// <summary>The result of a short training.</summary>
/// <param name="Rung">The rung of the trial, from 1: higher rungs are longer.</param>
/// <param name="Rows">Number of training rows.</param>
/// <param name="Epochs">Passes over them.</param>
/// <param name="Seconds">Wall-clock time.</param>
/// <param name="ValidationAccuracy">Accuracy on the rows held out.</param>
/// <param name="ValidationLoss">Loss on the rows held out.</param>
/// <param name="RowsPerSecond">Training rows per second.</param>
internal sealed record Trial(int Rung, int Rows, int Epochs, double Seconds, double ValidationAccuracy, double ValidationLoss, double RowsPerSecond);
