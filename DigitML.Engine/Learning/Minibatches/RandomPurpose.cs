namespace DigitML.Engine.Learning;

/// <summary>First coordinates of the random streams, so that no two purposes share numbers. 1 is that of the first weights.</summary>
internal static class RandomPurpose
{
    internal const ulong Order = 2;
    internal const ulong Augmentation = 3;
}
