using System.Globalization;

namespace DigitML.Data.Tables;

/// <summary>The pixels of an image in one cell, separated by spaces or commas, with or without brackets.</summary>
internal static class PixelList
{
    private const int Shortest = 4;
    private const string Separators = " ,\t";

    /// <summary>True if a cell is such a list.</summary>
    public static bool IsOne(string cell)
    {
        int count = 0;
        foreach (Range range in Parts(cell).SplitAny(Separators))
        {
            ReadOnlySpan<char> part = Parts(cell)[range];
            if (part.IsEmpty) continue;
            if (!PixelText.IsNumber(part)) return false;
            if (++count == Shortest) return true;
        }

        return false;
    }

    /// <summary>The values of a cell; null if one is no number.</summary>
    public static float[]? Read(string cell)
    {
        string[] parts = Parts(cell).ToString().Split([.. Separators], StringSplitOptions.RemoveEmptyEntries);
        var values = new float[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !float.IsFinite(values[i])) return null;
        }

        return values;
    }

    private static ReadOnlySpan<char> Parts(string cell) => cell.AsSpan().Trim().TrimStart('[').TrimEnd(']').Trim();
}
