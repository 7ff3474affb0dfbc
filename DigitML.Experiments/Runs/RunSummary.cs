using System.Collections.Immutable;

namespace DigitML.Experiments.Runs;

/// <summary>The result of a finished run, as <c>--json</c> prints it. Values that do not apply to the trainer or were not measured are null.</summary>
/// <param name="Run">Its folder.</param>
/// <param name="Model">Its model file.</param>
/// <param name="Trainer">The trainer: "digitcnn", or one of ML.NET's.</param>
/// <param name="Recipe">Name of the recipe.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Parameters">Number of trained parameters in all its networks.</param>
/// <param name="Epochs">Number of epochs trained; the maximum over its networks.</param>
/// <param name="StopReason">"completed" or "earlyStopped".</param>
/// <param name="Seconds">Wall-clock time of the training.</param>
/// <param name="SamplesPerSecond">Training samples per second.</param>
/// <param name="Threads">Number of training threads.</param>
/// <param name="TrainingAccuracy">Accuracy on the training rows during the last epoch.</param>
/// <param name="ValidationAccuracy">Accuracy of the kept weights on the validation rows; the mean if there are several networks.</param>
/// <param name="ValidationLoss">Loss of the kept weights on the validation rows.</param>
/// <param name="TestTimeShift">Pixels by which each image is also shifted; the scores are averaged.</param>
/// <param name="Networks">The networks of an ensemble.</param>
/// <param name="EvaluatedRows">"test" or "validation": the rows on which the metrics were computed.</param>
/// <param name="MicroAccuracy">ML.NET's metric with this name.</param>
/// <param name="MacroAccuracy">ML.NET's metric with this name.</param>
/// <param name="LogLoss">ML.NET's metric with this name.</param>
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
