using DigitML.Engine;
using DigitML.Engine.Learning;

namespace DigitML.Tests.Learning;

public class PreparedAheadTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Items_come_in_order_and_hold_still_while_they_are_read(int bufferCount)
    {
        int expected = 0;
        foreach (int[] item in new PreparedAhead<int[]>(Buffers(bufferCount), 200, (buffer, i) => Array.Fill(buffer, i)))
        {
            if (expected % 50 == 0) Thread.Sleep(2);
            Assert.All(item, value => Assert.Equal(expected, value));
            expected++;
        }

        Assert.Equal(200, expected);
    }

    [Fact]
    public void The_next_item_is_filled_while_one_is_read()
    {
        using var secondFilled = new ManualResetEventSlim();
        foreach (int[] _ in new PreparedAhead<int[]>(Buffers(2), 2, (_, i) => { if (i == 1) secondFilled.Set(); }))
        {
            Assert.True(secondFilled.Wait(TimeSpan.FromSeconds(10)));
        }
    }

    [Fact]
    public void A_failure_comes_out_at_its_item_after_those_before_it()
    {
        var seen = new List<int>();
        var items = new PreparedAhead<int[]>(Buffers(2), 5, (buffer, i) => buffer[0] = i < 3 ? i : throw new DigitMLException($"item {i}"));
        var failure = Assert.Throws<DigitMLException>(() =>
        {
            foreach (int[] item in items) seen.Add(item[0]);
        });
        Assert.Equal("item 3", failure.Message);
        Assert.Equal([0, 1, 2], seen);
    }

    [Fact]
    public void Leaving_early_ends_the_worker_before_it_returns()
    {
        int filled = 0, underWay = 0;
        var items = new PreparedAhead<int[]>(Buffers(2), 1000, (_, _) =>
        {
            Interlocked.Increment(ref underWay);
            Thread.Sleep(10);
            Interlocked.Increment(ref filled);
            Interlocked.Decrement(ref underWay);
        });
        foreach (int[] _ in items)
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref underWay) == 1);
            break;
        }

        Assert.Equal(0, underWay);
        Assert.InRange(filled, 1, 3);
    }

    [Fact]
    public void Nothing_to_prepare_is_an_empty_sequence() => Assert.Empty(new PreparedAhead<int[]>(Buffers(2), 0, (_, _) => { }));

    private static int[][] Buffers(int count) => [.. Enumerable.Range(0, count).Select(_ => new int[8])];
}
