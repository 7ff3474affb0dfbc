namespace DigitML.Experiments.Runs;

/// <summary>
/// What the reading of rows leaves behind. It is as large as the rows themselves, the collector does not look for it soon, and a training's memory lies outside
/// the collector's heap: without this, both would count.
/// </summary>
internal static class LeftOvers
{
    /// <summary>Gives it back to the system.</summary>
    internal static void Free() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
