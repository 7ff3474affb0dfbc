namespace DigitML.Engine.Datasets;

/// <summary>A distribution over the classes for each row of a dataset: one-hot or soft labels. Immutable.</summary>
public sealed class TargetMatrix
{
    private const double SumTolerance = 1e-3;

    private readonly float[] values;

    /// <summary>Copies and checks the values.</summary>
    /// <param name="classCount">Number of classes K, 1 or more.</param>
    /// <param name="values">N x K values, row-major: finite, 0 or more, every row summing to 1 (within 0.001).</param>
    /// <exception cref="DigitMLException">A value or the sum of a row breaks the rule, or the number of values is not a multiple of K.</exception>
    public TargetMatrix(int classCount, ReadOnlySpan<float> values)
    {
        if (classCount < 1) throw new DigitMLException($"Targets have {classCount} classes; they need at least 1.");
        if (values.Length % classCount != 0)
        {
            throw new DigitMLException($"There are {values.Length} target values, which is not a whole number of rows of {classCount} classes; give every row one value per class.");
        }

        for (int start = 0; start < values.Length; start += classCount) CheckRow(start / classCount, values.Slice(start, classCount));
        ClassCount = classCount;
        this.values = values.ToArray();
    }

    /// <summary>Number of rows N.</summary>
    public int Count => values.Length / ClassCount;

    /// <summary>Number of classes K.</summary>
    public int ClassCount { get; }

    /// <summary>N x K values, row-major.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>The K values of one row.</summary>
    public ReadOnlySpan<float> Row(int row) => values.AsSpan(row * ClassCount, ClassCount);

    /// <summary>The given rows, in the given order, copied as by <see cref="DigitDataset.Subset"/>.</summary>
    public TargetMatrix Subset(ReadOnlySpan<int> rows)
    {
        var subset = new float[rows.Length * ClassCount];
        for (int i = 0; i < rows.Length; i++) Row(rows[i]).CopyTo(subset.AsSpan(i * ClassCount));
        return new TargetMatrix(ClassCount, subset);
    }

    /// <summary>True if every row is 1 for its label and 0 elsewhere.</summary>
    internal bool IsOneHotOf(ReadOnlySpan<int> labels)
    {
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<float> target = Row(row);
            for (int k = 0; k < target.Length; k++)
            {
                if (target[k] != (k == labels[row] ? 1f : 0f)) return false;
            }
        }

        return true;
    }

    private static void CheckRow(int row, ReadOnlySpan<float> target)
    {
        double sum = 0;
        for (int k = 0; k < target.Length; k++)
        {
            if (!(target[k] >= 0 && float.IsFinite(target[k])))
            {
                throw new DigitMLException($"The target of row {row + 1} is {target[k]:R} for class {k + 1}; a target is a probability from 0 to 1.");
            }

            sum += target[k];
        }

        if (Math.Abs(sum - 1) > SumTolerance)
        {
            throw new DigitMLException($"The targets of row {row + 1} sum to {sum:G6}; the targets of a row must sum to 1, so divide each by their sum.");
        }
    }
}
