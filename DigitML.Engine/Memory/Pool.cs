using System.Diagnostics.CodeAnalysis;

namespace DigitML.Engine.Memory;

/// <summary>
/// Objects that threads rent and return; a new one is made when none is free, so that there are as many as were ever rented at once. An object still holds the
/// content of its last use.
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

    /// <summary>Returns an object.</summary>
    internal void Return(T item)
    {
        lock (access) items.Push(item);
    }
}
