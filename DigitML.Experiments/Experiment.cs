using DigitML.Engine;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Ensembles;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Models;
using DigitML.Experiments.Runs;
using DigitML.MLNet;
using DigitML.Model;

namespace DigitML.Experiments;

/// <summary>A finished training run: its folder, its model, and how well the model does on rows it has not learned from.</summary>
public sealed class Experiment
{
    private Experiment(RunOutcome outcome)
    {
        Summary = outcome.Summary;
        Evaluation = outcome.Evaluation;
        Metrics = outcome.Evaluation is null ? null : MetricsFile.Of(outcome.Evaluation);
        Model = outcome.Report.Model;
        ReportPath = outcome.Folder.Report;
    }

    /// <summary>The run's folder, with plan.json, history.csv, metrics.json, predictions.csv, report.html and the model.</summary>
    public string Folder => Summary.Run;

    /// <summary>The model file in it: model.onnx, or model.zip of one of ML.NET's trainers. <see cref="OpenedModel.Open"/> takes both.</summary>
    public string ModelPath => Summary.Model;

    /// <summary>The report in it, an HTML page that needs no other file.</summary>
    public string ReportPath { get; }

    /// <summary>The result of the run, as the console's <c>--json</c> prints it.</summary>
    public RunSummary Summary { get; }

    /// <summary>The metrics on the test rows, or on the validation rows where there is no test data; null without either.</summary>
    public MetricsFile? Metrics { get; }

    /// <summary>The evaluation that gave <see cref="Metrics"/>, with the scores of every row; null where they are.</summary>
    public EvaluationResult? Evaluation { get; }

    /// <summary>The trained networks; null for one of ML.NET's trainers.</summary>
    public DigitModel? Model { get; }

    /// <summary>
    /// Trains a model, evaluates it and writes its run folder: one network or several of a recipe, a model to train further, or one of ML.NET's trainers.
    /// A run of several networks that was stopped resumes when it is trained again with the same <see cref="TrainingRequest.Out"/>.
    /// </summary>
    /// <param name="request">What to train.</param>
    /// <param name="log">Receives progress, one line per epoch; null for none.</param>
    /// <param name="cancellation">Stops the training after its current step; what the folder then holds is enough to resume from the last epoch.</param>
    /// <exception cref="DigitMLException">The input is bad, the folder holds a run already or cannot be written, or the training fails.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Experiment Train(TrainingRequest request, TextWriter? log = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        RunEnvironment environment = EnvironmentOf(log, cancellation);
        if (request.Trainer != DigitTrainers.DigitCnnName) return new Experiment(new PipelineRun(environment).Start(request));
        return new Experiment(request.ResolveRecipe().Networks == 1 ? new TrainingRun(environment).Start(request) : new EnsembleRun(environment).Run(request));
    }

    /// <summary>Resumes the run of one network that was stopped; it ends in the same model, byte for byte, as if it had not been.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="device">What does the work; null for all processors. Vector width and numeric mode are those the run began with.</param>
    /// <param name="log">Receives progress, one line per epoch; null for none.</param>
    /// <param name="cancellation">Stops it again.</param>
    /// <exception cref="DigitMLException">The folder holds no such run, the run is finished, its files have changed, or this machine lacks the vectors it began with.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Experiment Resume(string folder, DeviceRequest? device = null, TextWriter? log = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new Experiment(new TrainingRun(EnvironmentOf(log, cancellation)).Resume(folder, device ?? new DeviceRequest()));
    }

    private static RunEnvironment EnvironmentOf(TextWriter? log, CancellationToken cancellation) =>
        new(log ?? TextWriter.Null, IsInteractive: false, request => request.Open(), cancellation);
}
