using DigitML.Engine.Datasets;

namespace DigitML.Data.Checks;

/// <summary>Finds rows whose pictures are equal, pixel by pixel.</summary>
/// <param name="rows">The rows that are looked up.</param>
internal sealed class EqualPictures(DigitDataset rows)
{
    private readonly Dictionary<int, List<int>> rowsOfHash = new(rows.Count);

    /// <summary>The first row added whose picture is that of <paramref name="image"/>; −1 if there is none.</summary>
    public int Find(ReadOnlySpan<byte> image) => Find(image, HashOf(image));

    /// <summary>Adds a row unless an equal one is there.</summary>
    /// <returns>The equal row; −1 if there was none.</returns>
    public int FindOrAdd(int row)
    {
        ReadOnlySpan<byte> image = rows.Image(row);
        int hash = HashOf(image), found = Find(image, hash);
        if (found >= 0) return found;
        if (!rowsOfHash.TryGetValue(hash, out List<int>? candidates)) rowsOfHash.Add(hash, candidates = new List<int>(1));
        candidates.Add(row);
        return -1;
    }

    private int Find(ReadOnlySpan<byte> image, int hash)
    {
        if (!rowsOfHash.TryGetValue(hash, out List<int>? candidates)) return -1;
        foreach (int row in candidates)
        {
            if (rows.Image(row).SequenceEqual(image)) return row;
        }

        return -1;
    }

    private static int HashOf(ReadOnlySpan<byte> image)
    {
        var hash = new HashCode();
        hash.AddBytes(image);
        return hash.ToHashCode();
    }
}
