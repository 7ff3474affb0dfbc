using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Scheduling;

/// <summary>
/// The images of a minibatch at one place in a network. If all operations that write and read them belong to one phase of a <see cref="Schedule"/>, only
/// as many are kept as a thread takes through that phase at a time, and they stay in its cache.
/// </summary>
internal sealed unsafe class BatchImages : IDisposable
{
    private ISamplePhase? home;
    private bool isShared;
    private NativeBuffer? images;
    private ThreadLocal<NativeBuffer>? ownImages;
    private int ownCount;

    /// <summary>Layout of an image, after <see cref="Allocate"/>.</summary>
    internal ImageLayout Layout { get; private set; } = null!;

    /// <summary>Records that a phase reads or writes them; null for a phase that does not go through the samples in order.</summary>
    internal void UseIn(ISamplePhase? phase)
    {
        isShared |= phase is null || (home is not null && home != phase);
        home = phase;
    }

    /// <summary>Allocates the memory, once all phases are known.</summary>
    internal void Allocate(ImageLayout layout, int batchSize)
    {
        Layout = layout;
        if (isShared || home is null)
        {
            images = new NativeBuffer(layout.LengthOf(batchSize));
            return;
        }

        ownCount = Math.Min(home.SamplesAtATime, batchSize);
        ownImages = new ThreadLocal<NativeBuffer>(() => new NativeBuffer(layout.LengthOf(ownCount)), trackAllValues: true);
    }

    /// <summary>Pixel (0, 0) of a sample.</summary>
    internal float* Of(int sample) => ownImages is null
        ? images!.Pointer + (nint)sample * Layout.SampleStride + Layout.Origin
        : ownImages.Value!.Pointer + (nint)(sample % ownCount) * Layout.SampleStride + Layout.Origin;

    public void Dispose()
    {
        images?.Dispose();
        if (ownImages is null) return;
        foreach (NativeBuffer buffer in ownImages.Values) buffer.Dispose();
        ownImages.Dispose();
    }
}
