using DigitML.Engine;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Ensembles;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Models;
using DigitML.Experiments.Runs;
using DigitML.MLNet;
using DigitML.Model;

namespace DigitML.Experiments;

/// <summary>A finished training run: its folder, its model, and the model's results on rows it was not trained on.</summary>
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

    /// <summary>The run's folder, which holds plan.json, history.csv, metrics.json, predictions.csv, report.html and the model.</summary>
    public string Folder => Summary.Run;

    /// <summary>The model file in it: model.onnx, or model.zip from one of ML.NET's trainers. <see cref="OpenedModel.Open"/> opens both.</summary>
    public string ModelPath => Summary.Model;

    /// <summary>The report in it, a self-contained HTML page.</summary>
    public string ReportPath { get; }

    /// <summary>The result of the run, as the console's <c>--json</c> prints it.</summary>
    public RunSummary Summary { get; }

    /// <summary>The metrics on the test rows, or on the validation rows if there is no test data; null without either.</summary>
    public MetricsFile? Metrics { get; }

    /// <summary>The evaluation behind <see cref="Metrics"/>, with the scores of every row; null if <see cref="Metrics"/> is null.</summary>
    public EvaluationResult? Evaluation { get; }

    /// <summary>The trained networks; null for one of ML.NET's trainers.</summary>
    public DigitModel? Model { get; }

    /// <summary>
    /// Trains a model, evaluates it and writes its run folder: one or more networks of a recipe, a model to retrain, or one of ML.NET's trainers.
    /// To resume an interrupted run of several networks, train again with the same <see cref="TrainingRequest.Out"/>.
    /// </summary>
    /// <param name="request">What to train.</param>
    /// <param name="log">Receives progress, one line per epoch; null for none.</param>
    /// <param name="cancellation">Stops the training after its current step; the folder then holds all that is needed to resume from the last epoch.</param>
    /// <exception cref="DigitMLException">The input is not valid, the folder already holds a run or cannot be written, or the training fails.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public static Experiment Train(TrainingRequest request, TextWriter? log = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        RunEnvironment environment = EnvironmentOf(log, cancellation);
        if (request.Trainer != DigitTrainers.DigitCnnName) return new Experiment(new PipelineRun(environment).Start(request));
        return new Experiment(request.ResolveRecipe().Networks == 1 ? new TrainingRun(environment).Start(request) : new EnsembleRun(environment).Run(request));
    }

    /// <summary>Resumes an interrupted run of one network; the final model is the same, byte for byte, as without the interruption.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="device">The device; null for all processors. Vector width and numeric mode are those with which the run began.</param>
    /// <param name="log">Receives progress, one line per epoch; null for none.</param>
    /// <param name="cancellation">Stops it again.</param>
    /// <exception cref="DigitMLException">The folder holds no such run, the run is finished, its input files have changed, or this machine lacks the vector width with which the run began.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public static Experiment Resume(string folder, DeviceRequest? device = null, TextWriter? log = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new Experiment(new TrainingRun(EnvironmentOf(log, cancellation)).Resume(folder, device ?? new DeviceRequest()));
    }

    private static RunEnvironment EnvironmentOf(TextWriter? log, CancellationToken cancellation) =>
        new(log ?? TextWriter.Null, IsInteractive: false, int.MaxValue, request => request.Open(), cancellation);
}
