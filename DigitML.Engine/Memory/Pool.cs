using System.Diagnostics.CodeAnalysis;

namespace DigitML.Engine.Memory;

/// <summary>
/// Objects that threads take and give back; more are made where none is left, so that there are as many as threads ever held at once. What an object holds is left
/// from its last use.
/// </summary>
internal sealed class Pool<T>(Func<T> create) where T : class
{
    private readonly Stack<T> items = new();
    private readonly Lock access = new();

    /// <summary>Rents an object, a new one if need be.</summary>
    internal T Take() => TryTake(out T? item) ? item : create();

    /// <summary>Rents an object if there is one.</summary>
    internal bool TryTake([NotNullWhen(true)] out T? item)
    {
        lock (access) return items.TryPop(out item);
    }

    /// <summary>Gives an object back.</summary>
    internal void Return(T item)
    {
        lock (access) items.Push(item);
    }
}
