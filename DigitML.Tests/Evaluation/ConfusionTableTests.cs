using Microsoft.ML.Data;

namespace DigitML.Tests.Evaluation;

/// <summary>The layout of ML.NET's GetFormattedConfusionTable for DigitML's labels.</summary>
public class ConfusionTableTests
{
    [Fact]
    public void Three_classes() => Check(["0", "1", "2"], [[5, 1, 0], [2, 1234, 1], [0, 3, 9]],
        """

        Confusion table
                  ||========================
        PREDICTED ||     0 |     1 |     2 | Recall
        TRUTH     ||========================
                0 ||     5 |     1 |     0 | 0.8333
                1 ||     2 | 1,234 |     1 | 0.9976
                2 ||     0 |     3 |     9 | 0.7500
                  ||========================
        Precision ||0.7143 |0.9968 |0.9000 |

        """);

    [Fact]
    public void Two_classes_have_wider_cells() => Check(["no", "yes"], [[40, 2], [3, 55]],
        """

        Confusion table
                  ||======================
        PREDICTED ||       no |      yes | Recall
        TRUTH     ||======================
               no ||       40 |        2 | 0.9524
              yes ||        3 |       55 | 0.9483
                  ||======================
        Precision ||   0.9302 |   0.9649 |

        """);

    [Fact]
    public void Names_longer_than_a_cell_switch_the_header_to_indices() => Check(["ankle boot", "bag", "coat"], [[5, 1, 0], [2, 7, 1], [0, 3, 9]],
        """

        Confusion table
                      ||========================
        PREDICTED     ||     0 |     1 |     2 | Recall
        TRUTH         ||========================
        0. ankle boot ||     5 |     1 |     0 | 0.8333
        1.        bag ||     2 |     7 |     1 | 0.7000
        2.       coat ||     0 |     3 |     9 | 0.7500
                      ||========================
        Precision     ||0.7143 |0.6364 |0.9000 |

        """);

    [Fact]
    public void Indices_of_ten_classes_and_more_are_aligned()
    {
        string[] labels = [.. Enumerable.Range(0, 11).Select(key => key == 3 ? "sixsix" : $"n{key}")];
        int[][] counts = [.. labels.Select((_, actual) => labels.Select((_, predicted) => actual == predicted ? 1 : 0).ToArray())];

        string[] lines = Matrices.Of(labels, counts).Metrics.ConfusionMatrix.GetFormattedConfusionTable().ReplaceLineEndings("\n").Split('\n');

        Assert.StartsWith("           ||========", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("PREDICTED  ||     0 |", lines[3], StringComparison.Ordinal);
        Assert.StartsWith(" 3. sixsix ||     0 |", lines[8], StringComparison.Ordinal);
        Assert.StartsWith("10.    n10 ||     0 |", lines[15], StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_without_rows_or_predictions_have_zero_recall_and_precision() => Check(["0", "1", "2"], [[5, 0, 0], [0, 0, 0], [2, 0, 0]],
        """

        Confusion table
                  ||========================
        PREDICTED ||     0 |     1 |     2 | Recall
        TRUTH     ||========================
                0 ||     5 |     0 |     0 | 1.0000
                1 ||     0 |     0 |     0 | 0.0000
                2 ||     2 |     0 |     0 | 0.0000
                  ||========================
        Precision ||0.7143 |0.0000 |0.0000 |

        """);

    [Fact]
    public void The_pair_is_asked_for_as_predicted_and_actual()
    {
        ConfusionMatrix matrix = Matrices.Of(["a", "b"], [[1, 2], [3, 4]]).Metrics.ConfusionMatrix;

        Assert.Equal(2, matrix.GetCountForClassPair(1, 0));
        Assert.Equal(3, matrix.GetCountForClassPair(0, 1));
        Assert.Equal(2, matrix.NumberOfClasses);
    }

    private static void Check(string[] labels, int[][] counts, string expected) =>
        Assert.Equal(expected, Matrices.Of(labels, counts).Metrics.ConfusionMatrix.GetFormattedConfusionTable().ReplaceLineEndings("\n"));
}
