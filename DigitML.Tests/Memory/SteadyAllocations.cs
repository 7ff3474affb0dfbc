namespace DigitML.Tests.Memory;

/// <summary>What a piece of work allocates once it is warm.</summary>
internal static class SteadyAllocations
{
    private const int WarmUps = 5, Rounds = 5, RunsOfRound = 10;

    /// <summary>Bytes of ten runs on this thread: the fewest of five rounds, as the runtime may compile a method again, on this thread, during any of them.</summary>
    internal static long Of(Action run)
    {
        for (int i = 0; i < WarmUps; i++) run();
        long fewest = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < RunsOfRound; i++) run();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
