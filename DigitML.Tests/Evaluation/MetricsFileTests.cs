using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Evaluation;

namespace DigitML.Tests.Evaluation;

public sealed class MetricsFileTests : IDisposable
{
    private const string Json =
        """
        {
          "dataset": "test.csv",
          "datasetChecksum": "0123abcd",
          "rows": 4,
          "droppedRows": 2,
          "microAccuracy": 0.75,
          "macroAccuracy": 0.8333333333333333,
          "logLoss": 8.634694097820798,
          "logLossReduction": -14.355067490355813,
          "topKAccuracy": 1,
          "topKPredictionCount": 2,
          "topKAccuracyForAllK": [0.75, 1],
          "perClassLogLoss": [11.512925463761064, 0],
          "confusionMatrix": {
            "counts": [
              [2, 1],
              [0, 1]
            ]
          },
          "labels": [
            "é\"",
            "b"
          ],
          "perClass": [
            {
              "label": "é\"",
              "precision": 1,
              "recall": 0.6666666666666666,
              "f1": 0.8,
              "support": 3
            },
            {
              "label": "b",
              "precision": 0.5,
              "recall": 1,
              "f1": 0.6666666666666666,
              "support": 1
            }
          ]
        }

        """;

    private static readonly MetricsFile Metrics = Of(["é\"", "b"], [[2, 1], [0, 1]]);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digitml-metrics-");

    private string FilePath => Path.Combine(folder.FullName, "metrics.json");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Holds_the_metrics_under_the_names_of_ml_net()
    {
        Metrics.Write(FilePath);

        Assert.Equal(Json, File.ReadAllText(FilePath));
        Assert.Single(folder.GetFileSystemInfos());
    }

    [Fact]
    public void Is_read_back()
    {
        Metrics.Write(FilePath);

        MetricsFile read = MetricsFile.Read(FilePath);

        Assert.Equal(Json, read.ToJson());
        Assert.Equal(("test.csv", "0123abcd", 4, 2), (read.Dataset, read.DatasetChecksum, read.Rows, read.DroppedRows));
        Assert.Equal(Metrics.LogLossReduction, read.LogLossReduction);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_read_back()
    {
        MetricsFile metrics = Of(["a", "b"], [[0, 1], [0, 0]]);

        Assert.Contains("\"logLossReduction\": \"Infinity\"", metrics.ToJson(), StringComparison.Ordinal);
        metrics.Write(FilePath);
        Assert.Equal(double.PositiveInfinity, MetricsFile.Read(FilePath).LogLossReduction);
    }

    [Theory]
    [InlineData("{", "is not a metrics file: it is empty or cut off")]
    [InlineData("{\"rows\": 1", "is not a metrics file: it is empty or cut off")]
    [InlineData("{\"rows\" 1}", "is not a metrics file: line 1: its JSON is malformed or of another kind")]
    [InlineData("[1]", "is not a metrics file: line 1: its JSON is malformed or of another kind")]
    [InlineData("{\"rows\": 1}", "is not a metrics file: members are missing")]
    public void Another_content_is_told_in_one_line(string content, string expected)
    {
        File.WriteAllText(FilePath, content);

        string message = Assert.Throws<DigitMLException>(() => MetricsFile.Read(FilePath)).Message;

        Assert.StartsWith($"{FilePath} {expected}", message, StringComparison.Ordinal);
        Assert.EndsWith("; create it again with evaluate or train.", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Lists_that_do_not_fit_each_other_are_told()
    {
        File.WriteAllText(FilePath, Json.Replace("[2, 1],", "[2, 1, 0],", StringComparison.Ordinal));
        Assert.StartsWith($"{FilePath} is not a metrics file: 2 classes need 2 rows of 2 counts;", FailureOfReading(), StringComparison.Ordinal);
        File.WriteAllText(FilePath, Json.Replace("[11.512925463761064, 0]", "[0]", StringComparison.Ordinal));
        Assert.StartsWith($"{FilePath} is not a metrics file: it has 2 labels but 1 of perClassLogLoss;", FailureOfReading(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"labels\": [\n    \"é\\\"\",\n    \"b\"\n  ]", "\"labels\": []", "it has no labels")]
    [InlineData("\"support\": 3\n    },", "\"support\": 3\n    }, null,", "it has 2 labels but 3 of perClass")]
    [InlineData("\"rows\": 4", "\"rows\": \"four\"", "line 4: rows has the wrong kind of value")]
    [InlineData("\"topKAccuracyForAllK\": [0.75, 1]", "\"topKAccuracyForAllK\": {}", "line 12: topKAccuracyForAllK has the wrong kind of value")]
    [InlineData("\"counts\": [\n      [2, 1],\n      [0, 1]\n    ]", "\"counts\": 5", "line 15: confusionMatrix.counts has the wrong kind of value")]
    public void A_value_of_another_kind_is_told_with_its_place(string text, string other, string expected)
    {
        Assert.Contains(text, Json, StringComparison.Ordinal);
        File.WriteAllText(FilePath, Json.Replace(text, other, StringComparison.Ordinal));
        Assert.Equal($"{FilePath} is not a metrics file: {expected}; create it again with evaluate or train.", FailureOfReading());
    }

    [Fact]
    public void A_file_is_recognised()
    {
        Assert.False(MetricsFile.IsOne(FilePath));
        Metrics.Write(FilePath);
        Assert.True(MetricsFile.IsOne(FilePath));
    }

    [Fact]
    public void Scores_that_are_not_those_of_the_rows_are_refused() => Assert.Equal(
        "2 rows of 2 classes do not have 3 scores. (Parameter 'scores')", Assert.Throws<ArgumentException>(() => SmallEvaluation.Of([0, 1], [1, 0, 1])).Message);

    [Fact]
    public void A_missing_file_is_told() => Assert.Equal($"{FilePath}: there is no such file; check the path.", FailureOfReading());

    [Fact]
    public void Every_cut_of_the_file_is_told_and_none_is_read()
    {
        for (int length = 1; length < Json.TrimEnd().Length; length += 7)
        {
            File.WriteAllText(FilePath, Json[..length]);
            Assert.StartsWith($"{FilePath} is not a metrics file: ", FailureOfReading(), StringComparison.Ordinal);
        }
    }

    private static MetricsFile Of(string[] labels, int[][] counts) =>
        MetricsFile.Of(Matrices.Of(labels, counts)) with { Dataset = "test.csv", DatasetChecksum = "0123abcd", DroppedRows = 2 };

    private string FailureOfReading() => Assert.Throws<DigitMLException>(() => MetricsFile.Read(FilePath)).Message;
}
