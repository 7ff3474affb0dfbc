namespace DigitML.Model;

/// <summary>Buffers of one length for many threads: a buffer is made where none is free, and kept when it comes back.</summary>
internal sealed class FloatBufferPool(int length)
{
    private readonly float[]?[] free = new float[]?[64];

    /// <summary>Takes a buffer; its content is left from the last use.</summary>
    internal float[] Rent()
    {
        for (int i = 0; i < free.Length; i++)
        {
            if (Volatile.Read(ref free[i]) is not null && Interlocked.Exchange(ref free[i], null) is { } buffer) return buffer;
        }

        return new float[length];
    }

    /// <summary>Gives a buffer back; beyond what the pool holds it is dropped.</summary>
    internal void Return(float[] buffer)
    {
        for (int i = 0; i < free.Length; i++)
        {
            if (Volatile.Read(ref free[i]) is null && Interlocked.CompareExchange(ref free[i], buffer, null) is null) return;
        }
    }
}
