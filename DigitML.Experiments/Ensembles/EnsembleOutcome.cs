using System.Collections.Immutable;
using DigitML.Data.Recipes;
using DigitML.Model;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Ensembles;

/// <summary>A finished ensemble.</summary>
/// <param name="Folder">Where its files are, and the run folder of each network.</param>
/// <param name="Recipe">What was trained; its seed is the ensemble's.</param>
/// <param name="Model">The joined model.</param>
/// <param name="Networks">What each network came to.</param>
/// <param name="Evaluation">The model on the test rows; null without them, for each network held out rows that another learned from.</param>
/// <param name="Report">What report.html shows.</param>
internal sealed record EnsembleOutcome(
    RunFolder Folder, Recipe Recipe, DigitModel Model, ImmutableArray<EnsembleMember> Networks, EvaluationResult? Evaluation, Report Report)
{
    /// <summary>The test data file; null for none.</summary>
    internal string? TestData => Networks[0].Plan.TestData?.Path;
}

/// <summary>What one network of an ensemble came to, read from its run folder.</summary>
/// <param name="Plan">What was done.</param>
/// <param name="History">Its epochs.</param>
/// <param name="TestAccuracy">Accuracy on the test rows; null without them.</param>
internal sealed record EnsembleMember(RunPlan Plan, IReadOnlyList<RunEpoch> History, double? TestAccuracy)
{
    /// <summary>Wall-clock time of all epochs.</summary>
    internal double Seconds => History.Sum(epoch => epoch.Seconds);

    /// <summary>The network in a finished run folder.</summary>
    /// <exception cref="Engine.DigitMLException">Its files cannot be read.</exception>
    internal static EnsembleMember Of(RunFolder folder, RunPlan plan) =>
        new(plan, RunHistory.Read(folder.History), plan.TestData is null ? null : MetricsFile.Read(folder.Metrics).MicroAccuracy);
}
