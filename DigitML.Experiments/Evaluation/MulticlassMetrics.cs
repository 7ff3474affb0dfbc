using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Experiments.Evaluation;

/// <summary>How good the scores of labelled rows are: ML.NET's MulticlassClassificationMetrics, with its names and definitions (version 5).</summary>
internal sealed record MulticlassMetrics
{
    private const float SmallestScore = 1e-15f;

    /// <summary>Share of rows whose true class has the highest score; of equal scores the lower key is the higher.</summary>
    public required double MicroAccuracy { get; init; }

    /// <summary>Mean, over the classes that have rows, of the share of their rows that are correct.</summary>
    public required double MacroAccuracy { get; init; }

    /// <summary>Mean of −ln p over the rows, p = the score of the true class, at least 1e-15 and at most 1.</summary>
    public required double LogLoss { get; init; }

    /// <summary>(H − LogLoss) / H, H = the entropy of the true classes: 1 is perfect, 0 is no better than their frequencies.
    /// Where all rows are of one class, H is a negative zero and this is infinity, as in ML.NET, or not a number if LogLoss is 0 too.</summary>
    public required double LogLossReduction { get; init; }

    /// <summary>Share of rows whose true class is among the <see cref="TopKPredictionCount"/> highest scores.</summary>
    public double TopKAccuracy => TopKAccuracyForAllK.Count > 0 ? TopKAccuracyForAllK[^1] : 0;

    /// <summary>The K of <see cref="TopKAccuracy"/>.</summary>
    public int TopKPredictionCount => TopKAccuracyForAllK.Count;

    /// <summary>Share of rows whose true class is among the k highest scores, for k = 1, 2, ..., K.</summary>
    public required IReadOnlyList<double> TopKAccuracyForAllK { get; init; }

    /// <summary>Mean of −ln p over the rows of each class; 0 where it has none.</summary>
    public required IReadOnlyList<double> PerClassLogLoss { get; init; }

    /// <summary>Which class was taken for which.</summary>
    public required ConfusionMatrix ConfusionMatrix { get; init; }

    /// <summary>Number of rows.</summary>
    public int RowCount => ConfusionMatrix.PerClassSupport.Sum();

    /// <summary>Computes all metrics.</summary>
    /// <param name="scores">N x K probabilities, row-major.</param>
    /// <param name="labels">N keys, all from 0 to K − 1.</param>
    /// <param name="labelMap">The K names.</param>
    /// <param name="topKPredictionCount">The K of TopKAccuracy; at most the number of classes is used.</param>
    /// <exception cref="DigitMLException">There are no rows, or a score is not a finite number.</exception>
    public static MulticlassMetrics Compute(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, LabelMap labelMap, int topKPredictionCount = 3)
    {
        int classes = labelMap.Count;
        if (labels.Length == 0) throw new DigitMLException("There are no labelled rows to evaluate; give at least one.");
        if (scores.Length != (long)labels.Length * classes)
        {
            throw new ArgumentException($"{labels.Length} rows of {classes} classes do not have {scores.Length} scores.", nameof(scores));
        }

        var counts = new int[classes][];
        for (int key = 0; key < classes; key++) counts[key] = new int[classes];
        var rowsOfRank = new int[classes];
        var lossOfClass = new double[classes];
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<float> rowScores = scores.Slice(row * classes, classes);
            int label = labels[row];
            counts[label][HighestOf(rowScores, row)]++;
            rowsOfRank[RankOf(rowScores, label)]++;
            lossOfClass[label] -= Math.Log(Math.Min(1f, Math.Max(SmallestScore, rowScores[label])));
        }

        var matrix = new ConfusionMatrix(counts, labelMap.Labels);
        int rows = labels.Length;
        double logLoss = lossOfClass.Sum() / rows;
        IEnumerable<double> shares = matrix.PerClassSupport.Where(support => support > 0).Select(support => (double)support / rows);
        double entropy = -shares.Sum(share => share * Math.Log(share));
        return new MulticlassMetrics
        {
            MicroAccuracy = (double)rowsOfRank[0] / rows,
            MacroAccuracy = Enumerable.Range(0, classes).Where(key => matrix.PerClassSupport[key] > 0).Average(key => matrix.PerClassRecall[key]),
            LogLoss = logLoss,
            LogLossReduction = (entropy - logLoss) / entropy,
            TopKAccuracyForAllK =
                [.. Enumerable.Range(1, Math.Min(topKPredictionCount, classes)).Select(k => (double)rowsOfRank.Take(k).Sum() / rows)],
            PerClassLogLoss = [.. lossOfClass.Select((loss, key) => matrix.PerClassSupport[key] > 0 ? loss / matrix.PerClassSupport[key] : 0)],
            ConfusionMatrix = matrix,
        };
    }

    /// <summary>The key of the highest score; the lower key of equal ones.</summary>
    /// <param name="rowScores">K scores.</param>
    /// <param name="row">Position of the row from 0, for the message.</param>
    /// <exception cref="DigitMLException">A score is not a finite number.</exception>
    public static int HighestOf(ReadOnlySpan<float> rowScores, int row)
    {
        int highest = ArgMax.Of(rowScores);
        if (highest >= 0) return highest;
        int key = 0;
        while (float.IsFinite(rowScores[key])) key++;
        throw new DigitMLException($"Row {row + 1} has the score {rowScores[key]} for class {key}; a score is a finite number, "
            + "so this model is of no use: train it again with a lower learning rate.");
    }

    private static int RankOf(ReadOnlySpan<float> rowScores, int label)
    {
        int rank = 0;
        for (int key = 0; key < rowScores.Length; key++)
        {
            if (rowScores[key] > rowScores[label] || rowScores[key] == rowScores[label] && key < label) rank++;
        }

        return rank;
    }
}
