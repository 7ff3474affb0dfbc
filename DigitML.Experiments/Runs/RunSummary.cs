using System.Collections.Immutable;

namespace DigitML.Experiments.Runs;

/// <summary>The result of a finished run, as <c>--json</c> writes it. A value that does not apply to the trainer, or was not measured, is null.</summary>
/// <param name="Run">Its folder.</param>
/// <param name="Model">Its model file.</param>
/// <param name="Trainer">The trainer: "digitcnn", or one of ML.NET's.</param>
/// <param name="Recipe">Name of the recipe.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Parameters">Trained parameters, of all its networks.</param>
/// <param name="Epochs">Epochs trained; the most of its networks.</param>
/// <param name="StopReason">"completed" or "earlyStopped".</param>
/// <param name="Seconds">Wall-clock time of the training.</param>
/// <param name="SamplesPerSecond">Training samples per second.</param>
/// <param name="Threads">Threads it was trained with.</param>
/// <param name="TrainingAccuracy">Accuracy on the training rows, while the last epoch ran.</param>
/// <param name="ValidationAccuracy">Accuracy on the validation rows of the weights that were kept; the mean over several networks.</param>
/// <param name="ValidationLoss">Loss on them.</param>
/// <param name="TestTimeShift">Pixels by which each image is also moved; the scores are averaged.</param>
/// <param name="Networks">The networks of an ensemble.</param>
/// <param name="EvaluatedRows">"test" or "validation": the rows of the metrics.</param>
/// <param name="MicroAccuracy">ML.NET's metric of this name.</param>
/// <param name="MacroAccuracy">ML.NET's metric of this name.</param>
/// <param name="LogLoss">ML.NET's metric of this name.</param>
public sealed record RunSummary(
    string Run,
    string Model,
    string Trainer,
    string? Recipe,
    ulong Seed,
    int? Parameters,
    int Epochs,
    string StopReason,
    double Seconds,
    double SamplesPerSecond,
    int Threads,
    double? TrainingAccuracy,
    double? ValidationAccuracy,
    double? ValidationLoss,
    int? TestTimeShift,
    ImmutableArray<NetworkSummary>? Networks,
    string? EvaluatedRows,
    double? MicroAccuracy,
    double? MacroAccuracy,
    double? LogLoss);

/// <summary>One network of an ensemble.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="ValidationAccuracy">Accuracy on its validation rows.</param>
/// <param name="TestAccuracy">Its accuracy on the test rows alone.</param>
/// <param name="Seconds">Wall-clock time of its training.</param>
public sealed record NetworkSummary(ulong Seed, double? ValidationAccuracy, double? TestAccuracy, double Seconds);
