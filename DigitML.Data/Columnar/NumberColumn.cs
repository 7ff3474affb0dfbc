namespace DigitML.Data.Columnar;

/// <summary>The numbers of a column in a group of rows: bytes if all of them are, which take a quarter of the memory, else floats; NaN for none.</summary>
internal sealed class NumberColumn
{
    private readonly byte[]? bytes;
    private readonly float[]? floats;

    /// <param name="numbers">The numbers; they are copied.</param>
    public NumberColumn(ReadOnlySpan<double> numbers)
    {
        var values = new byte[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            values[i] = (byte)numbers[i];
            if (values[i] == numbers[i]) continue;
            floats = [.. numbers.ToArray().Select(number => (float)number)];
            return;
        }

        bytes = values;
    }

    /// <summary>The number of a row.</summary>
    public double this[int row] => bytes is not null ? bytes[row] : floats![row];
}
