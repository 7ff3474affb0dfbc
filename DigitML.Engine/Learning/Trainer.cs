using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>Lets a network learn from rows on a device.</summary>
public sealed class Trainer(IDevice device)
{
    /// <summary>Trains a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">The rows to learn from, all labelled.</param>
    /// <param name="validation">The rows every epoch is measured on; null for none.</param>
    /// <param name="normalization">What a pixel becomes.</param>
    /// <param name="plan">How to learn.</param>
    /// <param name="observers">Who sees it, in the order given.</param>
    /// <param name="initialWeights">Weights to begin with in place of random ones, of a network with the same layers; not used on a resume.</param>
    /// <param name="resumeFrom">Where to go on; the result is that of a run that was not interrupted.</param>
    /// <param name="cancellation">Ends the run after the step under way; the result is that of the last finished epoch.</param>
    /// <exception cref="DigitMLException">Plan, rows and network do not fit each other, the checkpoint is of another run, or the loss is not
    /// finite.</exception>
    public TrainingResult Fit(
        Network network, DigitDataset training, DigitDataset? validation, PixelNormalization normalization, TrainingPlan plan,
        IReadOnlyList<ITrainingObserver>? observers = null, NetworkWeights? initialWeights = null, Checkpoint? resumeFrom = null,
        CancellationToken cancellation = default)
    {
        TrainingInputs.Check(network, training, validation, plan, initialWeights);
        var fingerprint = new Lazy<RunFingerprint>(() => RunFingerprint.Of(network, plan, training, validation, normalization));
        var run = new TrainingSession(network, plan, fingerprint, observers ?? []);
        if (resumeFrom is null) run.Begin(initialWeights);
        else run.Resume(resumeFrom);

        var loader = new MinibatchLoader(training, normalization, network, plan);
        using ITrainingProgram program = device.CompileTraining(
            network, new TrainingProgramOptions(loader.BatchSize, plan.Optimizer, plan.Seed, plan.AveragingDecay));
        using Validator? validator = validation is null ? null : new Validator(device, run.Checkpoint.CurrentWeights, validation, normalization);
        program.Load(run.Checkpoint.State);
        run.Start(training.Count, validation?.Count ?? 0, loader.StepsPerEpoch);
        while (run.StopReason is null)
        {
            if (TrainEpoch(program, loader, run, cancellation)) run.EndEpoch(program, validator);
            else run.Cancel();
        }

        return run.End();
    }

    /// <summary>One pass over the training rows; false where it was cancelled on the way.</summary>
    private static bool TrainEpoch(ITrainingProgram program, MinibatchLoader loader, TrainingSession run, CancellationToken cancellation)
    {
        EpochProgress epoch = run.BeginEpoch();
        foreach (Minibatch minibatch in loader.Epoch(epoch.Index))
        {
            if (cancellation.IsCancellationRequested) return false;
            float learningRate = run.LearningRate;
            program.Forward(minibatch);
            MinibatchLoss loss = program.Loss();
            epoch.Add(loss, minibatch.Count, learningRate);
            program.Backward();
            program.Step(learningRate);
            run.EndStep();
        }

        return true;
    }
}
