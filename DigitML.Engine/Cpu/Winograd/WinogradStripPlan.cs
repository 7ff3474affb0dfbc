namespace DigitML.Engine.Cpu.Winograd;

/// <summary>How long the buffers of a <see cref="WinogradStrip"/> must be for all convolutions of a program.</summary>
internal sealed class WinogradStripPlan
{
    internal long Inputs { get; private set; }

    internal long Outputs { get; private set; }

    internal long Image { get; private set; }

    internal long Sums { get; private set; }

    internal long Scratch { get; private set; }

    /// <summary>True if any convolution asked for one.</summary>
    internal bool IsNeeded => Scratch > 0;

    /// <summary>Requests a number of floats for each buffer.</summary>
    internal void Require(long inputs = 0, long outputs = 0, long image = 0, long scratch = 0)
    {
        Inputs = Math.Max(Inputs, inputs);
        Outputs = Math.Max(Outputs, outputs);
        Image = Math.Max(Image, image);
        Scratch = Math.Max(Scratch, scratch);
    }

    /// <summary>Reserves floats of <see cref="WinogradStrip.Sums"/> that no other convolution uses; returns their offset.</summary>
    internal long TakeSums(long floats)
    {
        long offset = Sums;
        Sums += floats;
        return offset;
    }
}
