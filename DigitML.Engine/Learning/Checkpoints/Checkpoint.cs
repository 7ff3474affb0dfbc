using DigitML.Engine.Devices;
using DigitML.Engine.Files;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>
/// A training run after a number of whole epochs: everything needed to resume and end with the same bytes as an uninterrupted run.
/// </summary>
public sealed class Checkpoint
{
    private readonly Network network;
    private readonly TrainingPlan plan;
    private readonly List<EpochReport> history = [];

    internal Checkpoint(Network network, TrainingPlan plan, Lazy<RunFingerprint> fingerprint)
    {
        this.network = network;
        this.plan = plan;
        Fingerprint = fingerprint;
        State = new TrainingState(network, new TrainingProgramOptions(plan.BatchSize, plan.Optimizer, plan.Seed, plan.AveragingDecay));
    }

    /// <summary>Epochs done.</summary>
    public int Epoch => history.Count;

    /// <summary>The reports of the epochs done.</summary>
    public IReadOnlyList<EpochReport> History => history;

    /// <summary>The best epoch so far, from 1; 0 if there is none yet.</summary>
    public int BestEpoch { get; internal set; }

    /// <summary>The weights of the best epoch, if the plan asks for them and there is one.</summary>
    public NetworkWeights? BestWeights { get; internal set; }

    /// <summary>Weights, optimizer slots, averaged weights and step number.</summary>
    public TrainingState State { get; }

    /// <summary>Identifies the run. Computed when first needed, as it reads all training pixels.</summary>
    internal Lazy<RunFingerprint> Fingerprint { get; }

    /// <summary>The weights to validate and to return: the averaged ones if the plan averages.</summary>
    internal NetworkWeights CurrentWeights => State.AveragedWeights ?? State.Weights;

    /// <summary>Writes the checkpoint to a file, whole or not at all.</summary>
    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public void Write(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        AtomicFile.Write(path, stream => CheckpointFile.Write(this, stream));
    }

    /// <summary>Reads the checkpoint of a run of <paramref name="network"/> under <paramref name="plan"/>.</summary>
    /// <exception cref="DigitMLException">The file cannot be read, is not a checkpoint, is damaged, or belongs to another network or plan.</exception>
    public static Checkpoint Read(string path, Network network, TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(plan);
        plan.Validate();
        return CheckpointFile.Read(path, network, plan);
    }

    /// <summary>Adds an epoch's report after <see cref="State"/> has been saved, and copies the state's weights if the epoch is the best one and
    /// the plan asks for them.</summary>
    internal void Add(EpochReport report)
    {
        history.Add(report);
        BestEpoch = Learning.BestEpoch.Of(history, plan);
        if (BestEpoch != Epoch || !Learning.BestEpoch.IsKept(plan)) return;
        BestWeights ??= new NetworkWeights(network);
        BestWeights.CopyFrom(CurrentWeights);
    }

    /// <summary>Adds an epoch's report that was read from a file.</summary>
    internal void AddRead(EpochReport report) => history.Add(report);

    /// <summary>Copies everything from a checkpoint of the same run.</summary>
    internal void CopyFrom(Checkpoint source)
    {
        history.Clear();
        history.AddRange(source.history);
        BestEpoch = source.BestEpoch;
        BestWeights = Copy(source.BestWeights);
        State.Weights.CopyFrom(source.State.Weights);
        for (int i = 0; i < State.OptimizerSlots.Length; i++) State.OptimizerSlots[i].CopyFrom(source.State.OptimizerSlots[i]);
        if (source.State.AveragedWeights is { } averaged) State.AveragedWeights!.CopyFrom(averaged);
        State.Step = source.State.Step;
    }

    private NetworkWeights? Copy(NetworkWeights? weights)
    {
        if (weights is null) return null;
        var copy = new NetworkWeights(network);
        copy.CopyFrom(weights);
        return copy;
    }
}
