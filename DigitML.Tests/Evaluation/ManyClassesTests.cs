using DigitML.Engine.Datasets;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Reports;

namespace DigitML.Tests.Evaluation;

/// <summary>What an evaluation of many classes prints and writes grows with their number, not with its square.</summary>
public class ManyClassesTests
{
    private const int Rows = 1_200;

    [Fact]
    public void A_file_grows_with_the_number_of_classes_not_with_its_square()
    {
        (EvaluationResult some, EvaluationResult twice) = (Evaluation(150), Evaluation(300));
        Grows(evaluation => MetricsFile.Of(evaluation).ToJson());
        Grows(evaluation => ReportPage.Html(new Report("many", null, new ReportedEvaluation(evaluation, Dataset(evaluation.LabelMap.Count), ""), [], null, [])));
        Grows(evaluation => new ConfusionHeatMap(evaluation.Confusion).Draw().ToFile());
        Grows(evaluation => DigitML.Training.Terminals.ConfusionTable.Of(evaluation, 5_000));
        Grows(evaluation => ClassificationReport.Format(MetricsFile.Of(evaluation), ConfusionCounts.MostShown));

        void Grows(Func<EvaluationResult, string> text) => Assert.InRange(text(twice).Length, 1, 2.2 * text(some).Length);
    }

    [Fact]
    public void Of_many_classes_those_in_most_mistakes_are_shown()
    {
        int[][] counts = [.. Enumerable.Range(0, 60).Select(actual => Enumerable.Range(0, 60).Select(predicted => actual == predicted ? 5 : 0).ToArray())];
        counts[57][58] = 9;
        for (int key = 2; key < 50; key++) counts[key][key + 1] = 1;
        var matrix = new ConfusionCounts(counts, [.. Enumerable.Range(0, 60).Select(key => $"c{key}")]);
        Assert.Equal([.. Enumerable.Range(2, 48), 57, 58], matrix.ShownKeys());
        ConfusionMatrixRecord record = ConfusionMatrixRecord.Of(matrix);
        Assert.Equal((9, "c57", "c58"), (record.Counts[48][49], record.Labels![48], record.Labels[49]));
    }

    [Fact]
    public void Metrics_of_many_classes_are_read_as_they_were_written()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("digitml-").FullName, "metrics.json");
        MetricsFile metrics = MetricsFile.Of(Evaluation(60));
        metrics.Write(file);
        MetricsFile read = MetricsFile.Read(file);
        Assert.Equal(metrics.ToJson(), read.ToJson());
        Assert.Equal((60, 50), (read.Labels.Length, read.ConfusionMatrix.Labels!.Length));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void The_terminal_lists_the_classes_with_the_lowest_F1()
    {
        string[] lines = ClassificationReport.Format(MetricsFile.Of(Matrices.Of(["a", "b", "c"], [[9, 0, 0], [1, 2, 0], [0, 0, 1]])), mostClasses: 1).Split('\n');
        Assert.Equal("           b     1.0000    0.6667    0.8000         3", lines[2]);
        Assert.Equal("The 1 of 3 classes with the lowest F1.", lines[4]);
    }

    [Fact]
    public void The_whole_matrix_is_written_as_CSV() =>
        Assert.Equal("actual,a,\"b,c\"\na,3,1\n\"b,c\",0,2\n", ConfusionFile.ToCsv(new ConfusionCounts([[3, 1], [0, 2]], ["a", "b,c"])));

    private static EvaluationResult Evaluation(int classes)
    {
        var random = new Random(1);
        float[] scores = [.. Enumerable.Range(0, Rows * classes).Select(_ => random.NextSingle() / classes)];
        DigitDataset rows = Dataset(classes);
        return Matrices.Evaluate(scores, rows.Labels, rows.LabelMap);
    }

    private static DigitDataset Dataset(int classes) =>
        new("rows", 1, 1, new byte[Rows], [.. Enumerable.Range(0, Rows).Select(row => row % classes)], new LabelMap(Enumerable.Range(0, classes).Select(key => $"c{key}")));
}
