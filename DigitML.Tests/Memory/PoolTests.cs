using DigitML.Engine.Memory;

namespace DigitML.Tests.Memory;

public class PoolTests
{
    [Fact]
    public void A_buffer_that_came_back_is_used_again()
    {
        var pool = new Pool<float[]>(() => new float[3]);
        float[] first = pool.Take(), second = pool.Take();
        Assert.NotSame(first, second);
        pool.Return(second);
        Assert.Same(second, pool.Take());
        Assert.Equal(3, first.Length);
    }

    [Fact]
    public void No_two_threads_hold_one_buffer()
    {
        var pool = new Pool<float[]>(() => new float[1]);
        for (int i = 0; i < 4; i++) pool.Return(new float[1]);
        int clashes = 0;
        var threads = Enumerable.Range(1, 4).Select(number => new Thread(() =>
        {
            for (int i = 0; i < 200_000; i++)
            {
                float[] buffer = pool.Take();
                Volatile.Write(ref buffer[0], number);
                if (i % 64 == 0) Thread.Yield();
                if (Volatile.Read(ref buffer[0]) != number) Interlocked.Increment(ref clashes);
                pool.Return(buffer);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(0, clashes);
    }
}
