namespace DigitML.Engine;

/// <summary>Finds the largest of some scores: the single rule that turns scores into a class.</summary>
internal static class ArgMax
{
    /// <summary>The index of the largest value, the lowest index on a tie; -1 if there is no value or one is not a finite number.</summary>
    internal static int Of(ReadOnlySpan<float> values)
    {
        int largest = values.IsEmpty ? -1 : 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i])) return -1;
            if (values[i] > values[largest]) largest = i;
        }

        return largest;
    }
}
