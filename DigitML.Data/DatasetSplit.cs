using System.Globalization;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Randomness;

namespace DigitML.Data;

/// <summary>Splits a dataset into training and validation rows: stratified by class, and the same for the same seed.</summary>
public static class DatasetSplit
{
    private const int MostDefaultValidationRows = 5000;

    /// <summary>The default number of rows held out for validation: a tenth, at most 5,000.</summary>
    /// <param name="rowCount">Total number of rows.</param>
    public static int DefaultValidationCount(int rowCount) => Math.Min(MostDefaultValidationRows, rowCount / 10);

    /// <summary>Holds out a fraction of the rows for validation.</summary>
    /// <param name="dataset">Labelled rows.</param>
    /// <param name="validationFraction">0 up to, but not including, 1.</param>
    /// <param name="seed">Random seed: the same seed always holds out the same rows.</param>
    /// <exception cref="DigitMLException">The fraction is out of range, or a row has no label.</exception>
    public static (DigitDataset Training, DigitDataset Validation) ByFraction(DigitDataset dataset, double validationFraction, ulong seed) =>
        Subsets(dataset, RowsByFraction(dataset, validationFraction, seed));

    /// <summary>Returns the row indices of both parts, in ascending order, for splitting other data in the same way.</summary>
    /// <exception cref="DigitMLException">The fraction is out of range, or a row has no label.</exception>
    public static (int[] Training, int[] Validation) RowsByFraction(DigitDataset dataset, double validationFraction, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (!(validationFraction is >= 0 and < 1))
        {
            throw new DigitMLException($"The validation fraction is {validationFraction}; it must be at least 0 and below 1.");
        }

        return RowsByCount(dataset, (int)Math.Round(dataset.Count * validationFraction), seed);
    }

    /// <summary>Holds out a number of rows for validation. Every class that has rows keeps at least one for training.</summary>
    /// <param name="dataset">Labelled rows.</param>
    /// <param name="validationCount">Rows to hold out; 0 or more.</param>
    /// <param name="seed">Random seed: the same seed always holds out the same rows.</param>
    /// <exception cref="DigitMLException">That many rows cannot be held out, or a row has no label.</exception>
    public static (DigitDataset Training, DigitDataset Validation) ByCount(DigitDataset dataset, int validationCount, ulong seed) =>
        Subsets(dataset, RowsByCount(dataset, validationCount, seed));

    /// <summary>The fold of each row, from 0: every class is spread evenly over the folds.</summary>
    /// <param name="dataset">Labelled rows.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="seed">Random seed: the same seed always gives the same folds.</param>
    internal static int[] Folds(DigitDataset dataset, int folds, ulong seed)
    {
        var foldOf = new int[dataset.Count];
        int next = 0;
        foreach ((int key, int[] rows) in RowsOfClass(dataset).Index())
        {
            new SeededRandom(seed, RandomPurpose.ValidationSplit, (ulong)key).Shuffle(rows);
            foreach (int row in rows) foldOf[row] = next++ % folds;
        }

        return foldOf;
    }

    private static (int[] Training, int[] Validation) RowsByCount(DigitDataset dataset, int validationCount, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        int[][] rowsOfClass = RowsOfClass(dataset);
        int spare = rowsOfClass.Sum(rows => Math.Max(rows.Length - 1, 0));
        if (validationCount < 0 || validationCount > spare)
        {
            throw new DigitMLException(string.Create(CultureInfo.InvariantCulture, $"{dataset.Name}: {validationCount:N0} of {dataset.Count:N0} rows cannot be held out for validation; ")
                + string.Create(CultureInfo.InvariantCulture, $"0 to {spare:N0} can, as every class needs a training row."));
        }

        int[] takes = Apportion(rowsOfClass, validationCount, dataset.Count);
        var isValidation = new bool[dataset.Count];
        for (int key = 0; key < rowsOfClass.Length; key++)
        {
            new SeededRandom(seed, RandomPurpose.ValidationSplit, (ulong)key).Shuffle(rowsOfClass[key]);
            foreach (int row in rowsOfClass[key].AsSpan(0, takes[key])) isValidation[row] = true;
        }

        int[] all = [.. Enumerable.Range(0, dataset.Count)];
        return ([.. all.Where(row => !isValidation[row])], [.. all.Where(row => isValidation[row])]);
    }

    private static (DigitDataset Training, DigitDataset Validation) Subsets(DigitDataset dataset, (int[] Training, int[] Validation) rows) => (
        dataset.Subset($"{dataset.Name} (training rows)", rows.Training),
        dataset.Subset($"{dataset.Name} (validation rows)", rows.Validation));

    private static int[][] RowsOfClass(DigitDataset dataset)
    {
        var rows = new List<int>[dataset.LabelMap.Count];
        for (int key = 0; key < rows.Length; key++) rows[key] = [];
        for (int row = 0; row < dataset.Count; row++)
        {
            if (dataset.Labels[row] == DigitDataset.NoLabel)
            {
                throw new DigitMLException(
                    $"{dataset.Name}: row {row + 1} has no label; only labelled rows can be split for training and validation.");
            }

            rows[dataset.Labels[row]].Add(row);
        }

        return [.. rows.Select(list => list.ToArray())];
    }

    // Largest-remainder method: whole shares first, then one row each for the classes that were rounded down most.
    private static int[] Apportion(int[][] rowsOfClass, int validationCount, int rowCount)
    {
        int[] takes = [.. rowsOfClass.Select(rows => (int)Math.Min((long)rows.Length * validationCount / rowCount, Math.Max(rows.Length - 1, 0)))];
        while (takes.Sum() < validationCount)
        {
            int neediest = Enumerable.Range(0, takes.Length)
                .Where(key => takes[key] < rowsOfClass[key].Length - 1)
                .MaxBy(key => (long)rowsOfClass[key].Length * validationCount - (long)takes[key] * rowCount);
            takes[neediest]++;
        }

        return takes;
    }
}
