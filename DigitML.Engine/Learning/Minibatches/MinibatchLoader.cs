using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Randomness;

namespace DigitML.Engine.Learning;

/// <summary>The minibatches of every epoch: each row once, in an order determined by seed and epoch, prepared ahead on a separate thread.</summary>
internal sealed class MinibatchLoader
{
    private readonly TrainingPlan plan;
    private readonly MinibatchFiller filler;
    private readonly Minibatch[] buffers;
    private readonly int[] order;

    internal MinibatchLoader(DigitDataset dataset, PixelNormalization normalization, TargetMatrix? targets, Network network, TrainingPlan plan)
    {
        this.plan = plan;
        filler = new MinibatchFiller(dataset, normalization, targets, plan);
        BatchSize = Math.Min(plan.BatchSize, dataset.Count);
        buffers = [new Minibatch(BatchSize, network.InputShape, network.ClassCount), new Minibatch(BatchSize, network.InputShape, network.ClassCount)];
        order = new int[dataset.Count];
    }

    /// <summary>Rows of a full minibatch: the plan's, or all rows if those are fewer.</summary>
    internal int BatchSize { get; }

    /// <summary>Minibatches per epoch; the last one may hold fewer rows.</summary>
    internal int StepsPerEpoch => (order.Length + BatchSize - 1) / BatchSize;

    /// <summary>The minibatches of epoch <paramref name="epoch"/> (from 0). Each is valid until the next is taken; one enumeration at a
    /// time.</summary>
    internal IEnumerable<Minibatch> Epoch(int epoch)
    {
        FillOrder(order, plan.Seed, epoch);
        return new PreparedAhead<Minibatch>(buffers, StepsPerEpoch, (minibatch, step) => filler.Fill(minibatch, Rows(step), epoch));
    }

    /// <summary>The rows in the order of an epoch.</summary>
    internal static void FillOrder(Span<int> order, ulong seed, int epoch)
    {
        for (int i = 0; i < order.Length; i++) order[i] = i;
        new SeededRandom(seed, RandomPurpose.Order, (ulong)epoch).Shuffle(order);
    }

    private ReadOnlySpan<int> Rows(int step) => order.AsSpan(step * BatchSize, Math.Min(BatchSize, order.Length - step * BatchSize));
}
