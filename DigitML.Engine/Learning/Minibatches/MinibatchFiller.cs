using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Engine.Randomness;

namespace DigitML.Engine.Learning;

/// <summary>Puts rows of a dataset into a minibatch: augmented, normalised, with their targets. Used by one thread at a time.</summary>
internal sealed class MinibatchFiller
{
    private readonly DigitDataset dataset;
    private readonly TargetMatrix? targets;
    private readonly TrainingPlan plan;
    private readonly PixelLookup pixels;
    private readonly ImageAugmenter? augmenter;
    private readonly byte[] augmented;

    internal MinibatchFiller(DigitDataset dataset, PixelNormalization normalization, TargetMatrix? targets, TrainingPlan plan)
    {
        this.dataset = dataset;
        this.targets = targets;
        this.plan = plan;
        pixels = new PixelLookup(normalization);
        augmenter = plan.Augmentation is null ? null : new ImageAugmenter(plan.Augmentation, dataset.Height, dataset.Width);
        augmented = new byte[dataset.Height * dataset.Width];
    }

    /// <summary>Fills the minibatch with the given rows as epoch <paramref name="epoch"/> (from 0) sees them.</summary>
    internal void Fill(Minibatch minibatch, ReadOnlySpan<int> rows, int epoch)
    {
        bool augments = augmenter is not null && epoch < plan.Epochs - plan.Augmentation!.FinalEpochsWithout;
        int size = augmented.Length, classes = minibatch.Targets.Length / minibatch.Capacity;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i], label = dataset.Labels[row];
            ReadOnlySpan<byte> image = dataset.Image(row);
            if (augments)
            {
                SeededRandom random = ImageAugmenter.RandomOf(plan.Seed, epoch, row);
                image = augmenter!.Augment(image, augmented, ref random) ? augmented : image;
            }

            pixels.Normalize(image, minibatch.Images.AsSpan(i * size, size));
            minibatch.Labels[i] = label;
            WriteTarget(row, label, minibatch.Targets.AsSpan(i * classes, classes));
        }

        minibatch.Count = rows.Length;
    }

    /// <summary>(1 − s) · t + s / K, where t is the row's target, given or one-hot.</summary>
    private void WriteTarget(int row, int label, Span<float> target)
    {
        float kept = 1 - plan.LabelSmoothing, other = plan.LabelSmoothing / target.Length;
        if (targets is null)
        {
            target.Fill(other);
            target[label] = kept + other;
            return;
        }

        ReadOnlySpan<float> given = targets.Row(row);
        for (int k = 0; k < target.Length; k++) target[k] = kept * given[k] + other;
    }
}
