using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Files;
using DigitML.Engine.Randomness;

namespace DigitML.Data.Predictions;

/// <summary>
/// Rows split as in Kaggle's Digit Recognizer: three fifths for training, and the rest, without labels, as the test set. Kaggle's own rows are in the
/// public MNIST files, so scores there prove little; with a seeded split anyone can train on 42,000 of the 70,000 digits and test on the rest.
/// </summary>
/// <param name="Training">Labelled rows.</param>
/// <param name="Test">The rows to predict, with their labels.</param>
public sealed record KaggleSplit(DigitDataset Training, DigitDataset Test)
{
    private const int TrainingFifths = 3;

    /// <summary>Splits rows at random. The seed determines which rows are in which part, and their order.</summary>
    /// <param name="rows">Labelled rows.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="DigitMLException">There are too few rows.</exception>
    public static KaggleSplit Of(DigitDataset rows, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int training = (int)(rows.Count * (long)TrainingFifths / 5);
        if (training == 0) throw new DigitMLException($"{rows.Name} has 1 row; a split needs at least 2.");
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        new SeededRandom(seed, RandomPurpose.TestSplit).Shuffle(order);
        return new KaggleSplit(rows.Subset(TrainFile, order.AsSpan(0, training)), rows.Subset(TestFile, order.AsSpan(training)));
    }

    /// <summary>Writes train.csv (label,pixel0,...), test.csv (pixel0,...) and solution.csv (ImageId,Label), each atomically.</summary>
    /// <param name="folder">The folder; created if missing.</param>
    /// <returns>The three paths.</returns>
    /// <exception cref="DigitMLException">One of them exists already, or cannot be written.</exception>
    public (string Training, string Test, string Solution) Write(string folder) => Write(folder, CancellationToken.None);

    /// <summary>The same, with a way to stop it; then none of the files is left.</summary>
    /// <exception cref="DigitMLException">One of them exists already, or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal (string Training, string Test, string Solution) Write(string folder, CancellationToken cancellation)
    {
        string training = Path.Combine(folder, TrainFile), test = Path.Combine(folder, TestFile), solution = Path.Combine(folder, SolutionFile);

        // Files with these names are usually those downloaded from Kaggle.
        if (Array.Find([training, test, solution], File.Exists) is { } taken)
        {
            throw new DigitMLException($"{taken} already exists; delete it or choose another --out.");
        }

        int[] noLabels = new int[Test.Count];
        Array.Fill(noLabels, DigitDataset.NoLabel);
        try
        {
            CsvDigitWriter.Write(training, Training, cancellation);
            CsvDigitWriter.Write(test, new DigitDataset(Test.Name, Test.Height, Test.Width, Test.Pixels, noLabels, Test.LabelMap), cancellation);
            AtomicFile.WriteText(solution, KaggleSubmission.ToCsv(Test.Labels.Select(key => Test.LabelMap[key])));
        }
        catch
        {
            foreach (string file in new[] { training, test }) File.Delete(file);
            throw;
        }

        return (training, test, solution);
    }

    private const string TrainFile = "train.csv", TestFile = "test.csv", SolutionFile = "solution.csv";
}
