namespace DigitML.Tests.Architecture;

/// <summary>Finds circles in a graph of dependencies.</summary>
internal static class DependencyCircle
{
    /// <summary>The nodes of the shortest circle, the first one again at the end; null where there is none.</summary>
    internal static string[]? Shortest(IReadOnlyDictionary<string, string[]> uses)
    {
        string[]? shortest = null;
        foreach (string start in uses.Keys.Order(StringComparer.Ordinal))
        {
            string[]? circle = ShortestFrom(start, uses);
            if (circle is not null && (shortest is null || circle.Length < shortest.Length)) shortest = circle;
        }

        return shortest;
    }

    private static string[]? ShortestFrom(string start, IReadOnlyDictionary<string, string[]> uses)
    {
        var paths = new Queue<string[]>([[start]]);
        var seen = new HashSet<string>();
        while (paths.TryDequeue(out string[]? path))
        {
            foreach (string next in uses.GetValueOrDefault(path[^1], []))
            {
                if (next == start) return [.. path, start];
                if (seen.Add(next)) paths.Enqueue([.. path, next]);
            }
        }

        return null;
    }
}
