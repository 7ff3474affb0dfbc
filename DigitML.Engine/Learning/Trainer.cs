using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>Trains networks on a device.</summary>
public sealed class Trainer
{
    private readonly IDevice device;

    /// <summary>A trainer that runs on <paramref name="device"/>, which the caller disposes.</summary>
    public Trainer(IDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        this.device = device;
    }

    /// <summary>Trains a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">The rows to learn from, all labelled.</param>
    /// <param name="plan">How to learn.</param>
    /// <param name="options">Validation rows, normalisation, targets, observers, starting point, cancellation; null for the defaults.</param>
    /// <exception cref="DigitMLException">Plan, rows and network do not fit together, the checkpoint is from another run, or the loss is not
    /// finite.</exception>
    public TrainingResult Fit(Network network, DigitDataset training, TrainingPlan plan, FitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(plan);
        options ??= new FitOptions();
        FitChecks.Check(network, training, plan, options);
        var fingerprint = new Lazy<RunFingerprint>(() => RunFingerprint.Of(
            network, plan, training, options.Validation, options.Targets, options.Normalization, device.Arithmetic));
        var session = new TrainingSession(network, plan, fingerprint, options.Observers);
        if (options.ResumeFrom is null) session.Begin(options.InitialWeights);
        else session.Resume(options.ResumeFrom);

        var loader = new MinibatchLoader(training, options.Normalization, options.Targets, network, plan);
        using ITrainingProgram program = device.CompileTraining(
            network, new TrainingProgramOptions(loader.BatchSize, plan.Optimizer, plan.Seed, plan.AveragingDecay));
        using Validator? validator = options.Validation is null
            ? null : new Validator(device, session.Checkpoint.CurrentWeights, options.Validation, options.Normalization);
        program.Load(session.Checkpoint.State);
        session.Start(training.Count, options.Validation?.Count ?? 0, loader.StepsPerEpoch);
        while (session.StopReason is null)
        {
            if (TrainEpoch(program, loader, session, options.Cancellation)) session.EndEpoch(program, validator);
            else session.Cancel();
        }

        return session.End();
    }

    /// <summary>One pass over the training rows; false if it was cancelled before the end.</summary>
    private static bool TrainEpoch(ITrainingProgram program, MinibatchLoader loader, TrainingSession session, CancellationToken cancellation)
    {
        EpochProgress epoch = session.BeginEpoch();
        foreach (Minibatch minibatch in loader.Epoch(epoch.Index))
        {
            if (cancellation.IsCancellationRequested) return false;
            float learningRate = session.LearningRate;
            program.Forward(minibatch);
            MinibatchLoss loss = program.Loss();
            epoch.Add(loss, minibatch.Count, learningRate);
            program.Backward();
            program.Step(learningRate);
            session.EndStep();
        }

        return true;
    }
}
