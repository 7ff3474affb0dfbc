using DigitML.Experiments.Evaluation;

namespace DigitML.Tests.Evaluation;

/// <summary>The expected texts are what scikit-learn 1.2.1 printed for the same counts, with digits=4 and zero_division=0, apart from classes without rows.</summary>
public class ClassificationReportTests
{
    [Fact]
    public void Is_the_text_of_scikit_learn() => Check(["0", "1", "2"], [[5, 1, 0], [2, 7, 1], [0, 3, 9]],
        """
                      precision    recall  f1-score   support

                   0     0.7143    0.8333    0.7692         6
                   1     0.6364    0.7000    0.6667        10
                   2     0.9000    0.7500    0.8182        12

            accuracy                         0.7500        28
           macro avg     0.7502    0.7611    0.7514        28
        weighted avg     0.7660    0.7500    0.7536        28

        """);

    [Fact]
    public void A_class_without_rows_has_no_metrics_and_one_without_predictions_counts_as_zero() =>
        Check(["cat", "dog", "unicorn", "yeti"], [[3, 1, 2, 0], [1, 4, 0, 0], [0, 0, 0, 0], [1, 0, 1, 0]],
            """
                          precision    recall  f1-score   support

                     cat     0.6000    0.5000    0.5455         6
                     dog     0.8000    0.8000    0.8000         5
                 unicorn          -         -         -         0
                    yeti     0.0000    0.0000    0.0000         2

                accuracy                         0.5385        13
               macro avg     0.4667    0.4333    0.4485        13
            weighted avg     0.5846    0.5385    0.5594        13

            """);

    [Fact]
    public void Long_names_widen_the_table_and_characters_beyond_the_first_plane_count_once() =>
        Check(["a rather long class name", "β", "😀😀"], [[10, 0, 1], [0, 12, 3], [2, 2, 20]],
            """
                                      precision    recall  f1-score   support

            a rather long class name     0.8333    0.9091    0.8696        11
                                   β     0.8571    0.8000    0.8276        15
                                  😀😀     0.8333    0.8333    0.8333        24

                            accuracy                         0.8400        50
                           macro avg     0.8413    0.8475    0.8435        50
                        weighted avg     0.8405    0.8400    0.8396        50

            """);

    [Fact]
    public void An_exact_half_is_rounded_to_the_even_digit_as_python_does() => Check(["a", "b"], [[1, 31], [31, 33]],
        """
                      precision    recall  f1-score   support

                   a     0.0312    0.0312    0.0312        32
                   b     0.5156    0.5156    0.5156        64

            accuracy                         0.3542        96
           macro avg     0.2734    0.2734    0.2734        96
        weighted avg     0.3542    0.3542    0.3542        96

        """);

    private static void Check(string[] labels, int[][] counts, string expected) =>
        Assert.Equal(expected, ClassificationReport.Format(MetricsFile.Of(Matrices.Of(labels, counts))), ignoreLineEndingDifferences: false);
}
