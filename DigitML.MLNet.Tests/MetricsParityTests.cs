using DigitML.Engine.Datasets;
using DigitML.Engine.Randomness;
using DigitML.Training.Evaluation;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet.Tests;

/// <summary>DigitML's metrics and confusion table beside those of ML.NET's own evaluator on the same scores.</summary>
public class MetricsParityTests
{
    private readonly MLContext context = new(seed: 1);

    public static TheoryData<string, int, int, bool> Cases => new()
    {
        { "random scores", 10, 5000, false },
        { "ties", 10, 2000, true },
        { "a class without rows", -10, 500, false },
        { "two classes", 2, 300, true },
        { "one row", 5, 1, false },
        { "thousands in a cell", 3, 20_000, false },
        { "long names", 26, 1000, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_member_and_the_table_are_the_same(string name, int classes, int rows, bool hasTies)
    {
        bool isOneEmpty = classes < 0;
        classes = Math.Abs(classes);
        var random = new SeededRandom(7, RandomPurpose.SyntheticData, (ulong)rows);
        float[] scores = [.. Enumerable.Range(0, rows).SelectMany(_ => Scores(random, classes, hasTies))];
        int[] labels = [.. Enumerable.Range(0, rows).Select(_ => (int)(random.NextDouble() * (isOneEmpty ? classes - 1 : classes)))];
        var names = new LabelMap(Enumerable.Range(0, classes).Select(key => name == "long names" ? $"letter {(char)('a' + key)}" : $"{key}"));

        MulticlassMetrics ours = MulticlassMetrics.Compute(scores, labels, names, topKPredictionCount: Math.Min(3, classes));
        MulticlassClassificationMetrics theirs = Evaluate(scores, labels, names);
        Equal(theirs.MicroAccuracy, ours.MicroAccuracy);
        Equal(theirs.MacroAccuracy, ours.MacroAccuracy);
        Equal(theirs.LogLoss, ours.LogLoss);
        Equal(theirs.LogLossReduction, ours.LogLossReduction);
        Equal(theirs.TopKAccuracy, ours.TopKAccuracy);
        Assert.Equal(theirs.TopKPredictionCount, ours.TopKPredictionCount);
        Assert.All(theirs.TopKAccuracyForAllK.Zip(ours.TopKAccuracyForAllK), pair => Equal(pair.First, pair.Second));
        Assert.All(theirs.PerClassLogLoss.Zip(ours.PerClassLogLoss), pair => Equal(pair.First, pair.Second));
        Assert.Equal(theirs.PerClassLogLoss.Count, ours.PerClassLogLoss.Count);

        Microsoft.ML.Data.ConfusionMatrix table = theirs.ConfusionMatrix;
        Assert.Equal(table.NumberOfClasses, ours.ConfusionMatrix.NumberOfClasses);
        Assert.All(table.PerClassPrecision.Zip(ours.ConfusionMatrix.PerClassPrecision), pair => Equal(pair.First, pair.Second));
        Assert.All(table.PerClassRecall.Zip(ours.ConfusionMatrix.PerClassRecall), pair => Equal(pair.First, pair.Second));
        Assert.Equal(table.Counts.Select(row => row.Select(count => (int)count)), ours.ConfusionMatrix.Counts);
        Assert.Equal(table.GetFormattedConfusionTable().ReplaceLineEndings("\n"), ConfusionTable.Format(ours.ConfusionMatrix));
    }

    private static void Equal(double expected, double actual) => Assert.Equal(expected, actual, 1e-9);

    // Ties: scores of a few values only, zeros among them.
    private static float[] Scores(SeededRandom random, int classes, bool hasTies)
    {
        float[] raw = [.. Enumerable.Range(0, classes).Select(_ => hasTies ? (int)(random.NextDouble() * 3) : (float)random.NextDouble())];
        float sum = Math.Max(raw.Sum(), 1e-6f);
        return Array.ConvertAll(raw, score => score / sum);
    }

    private MulticlassClassificationMetrics Evaluate(float[] scores, int[] labels, LabelMap names)
    {
        int classes = names.Count;
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Scored));
        ReadOnlyMemory<char>[] texts = [.. names.Labels.Select(label => label.AsMemory())];
        schema["Label"].ColumnType = schema["PredictedLabel"].ColumnType = new KeyDataViewType(typeof(uint), classes);
        schema["Score"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, classes);
        schema["Score"].AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(classes, texts), new VectorDataViewType(TextDataViewType.Instance, classes));
        Scored[] rows = [.. labels.Select((label, row) =>
        {
            float[] own = scores[(row * classes)..((row + 1) * classes)];
            return new Scored { Label = (uint)label, Score = own, PredictedLabel = (uint)Array.IndexOf(own, own.Max()) };
        })];
        return context.MulticlassClassification.Evaluate(context.Data.LoadFromEnumerable(rows, schema), topKPredictionCount: Math.Min(3, classes));
    }

    private sealed class Scored
    {
        public uint Label { get; set; }

        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}
