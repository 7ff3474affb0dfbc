using DigitML.Engine.Networks;

namespace DigitML.Engine.Devices;

/// <summary>Samples and their targets for one training step. A reusable buffer, refilled for every step.</summary>
public sealed class Minibatch
{
    /// <summary>A buffer for up to <paramref name="capacity"/> samples.</summary>
    public Minibatch(int capacity, Shape inputShape, int classCount)
    {
        Capacity = capacity;
        Images = new float[capacity * inputShape.Size];
        Labels = new int[capacity];
        Targets = new float[capacity * classCount];
    }

    /// <summary>Maximum number of samples.</summary>
    public int Capacity { get; }

    /// <summary>Number of samples it holds now, 1 .. Capacity.</summary>
    public int Count { get; set; }

    /// <summary>Count x C x H x W normalised values.</summary>
    public float[] Images { get; }

    /// <summary>Count keys: the true classes.</summary>
    public int[] Labels { get; }

    /// <summary>Count x K: the target distributions for the loss, one-hot unless labels are smoothed or mixed.</summary>
    public float[] Targets { get; }
}
