using System.Collections.Immutable;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Runs;

/// <summary>A finished run.</summary>
/// <param name="Folder">The folder of its files.</param>
/// <param name="Summary">Its results.</param>
/// <param name="WeightsEpoch">The epoch whose weights were kept; 0 if the trainer has no epochs to choose from.</param>
/// <param name="Evaluation">The model on the test rows, or on the validation rows if there are none; null without either.</param>
/// <param name="Report">What report.html shows.</param>
/// <param name="NextCommands">Useful next commands.</param>
internal sealed record RunOutcome(
    RunFolder Folder, RunSummary Summary, int WeightsEpoch, EvaluationResult? Evaluation, Report Report, ImmutableArray<string> NextCommands);
