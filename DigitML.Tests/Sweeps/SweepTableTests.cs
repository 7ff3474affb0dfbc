using DigitML.Experiments.Sweeps;

namespace DigitML.Tests.Sweeps;

public class SweepTableTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    private static readonly SweepRow[] Rows =
    [
        new("epochs-1-batch-1", 1, 1, SecondsPerEpoch: 60.04, Seconds: 60.04, TrainingLoss: 0.15, TrainingAccuracy: 0.95421, ValidationAccuracy: 0.96, TestAccuracy: 0.98, Threads: 1, Set: Nothing),
        new("epochs-3-batch-1000", 3, 1000, SecondsPerEpoch: 2.5, Seconds: 7.5, TrainingLoss: 0.05, TrainingAccuracy: 0.9843, ValidationAccuracy: 0.99, TestAccuracy: 0.97, Threads: 2, Set: Nothing),
        new("epochs-1200-batch-32", 1200, 32, SecondsPerEpoch: 2.5, Seconds: 3000, TrainingLoss: 0.01, TrainingAccuracy: 0.9969, ValidationAccuracy: 0.99, TestAccuracy: 0.975, Threads: 1, Set: Nothing),
    ];

    [Fact]
    public void Only_the_best_validation_accuracy_has_a_star_and_equals_share_it() => Assert.Equal(
        """
        epochs   batch size   seconds per epoch   seconds   training loss   training accuracy   validation accuracy   test accuracy
             1            1                60.0      60.0          0.1500              0.9542                0.9600          0.9800
             3        1,000                 2.5       7.5          0.0500              0.9843                0.9900*         0.9700
         1,200           32                 2.5   3,000.0          0.0100              0.9969                0.9900*         0.9750
        * best validation accuracy

        """.ReplaceLineEndings("\n"),
        SweepTable.Text(Rows));

    [Fact]
    public void In_a_narrow_terminal_titles_are_broken_and_optional_columns_left_out()
    {
        string[] lines = SweepTable.Text(Rows, 70).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 70));
        Assert.Equal(["seconds"], Words(lines[0]));
        Assert.Equal(["batch", "per", "training", "validation", "test"], Words(lines[1]));
        Assert.Equal(["epochs", "size", "epoch", "accuracy", "accuracy", "accuracy"], Words(lines[2]));
        Assert.Equal(["3", "1,000", "2.5", "0.9843", "0.9900*", "0.9700"], Words(lines[4]));

        static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void Values_too_long_for_the_line_go_above_the_numbers()
    {
        SweepRow[] rows = [.. Rows.Select(row => row with { Set = new Dictionary<string, string> { ["training.augmentation"] = new string('x', 50) } })];
        string[] lines = SweepTable.Text(rows, 80).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Equal("training.augmentation", lines[0]);
        Assert.Equal(3, lines.Count(line => line == new string('x', 50)));
    }

    [Fact]
    public void What_was_set_as_epochs_or_batch_size_is_shown_once()
    {
        SweepRow[] rows = [.. Rows.Select(row => row with { Set = new Dictionary<string, string> { ["training.batchSize"] = $"{row.BatchSize}", ["training.epochs"] = $"{row.Epochs}" } })];
        string titles = SweepTable.Markdown(rows).Split('\n')[0];
        Assert.StartsWith("| training.batchSize | training.epochs | seconds per epoch |", titles, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_has_the_best_bold() => Assert.Equal(
        """
        | epochs | batch size | seconds per epoch | seconds | training loss | training accuracy | validation accuracy | test accuracy |
        |---:|---:|---:|---:|---:|---:|---:|---:|
        | 1 | 1 | 60.0 | 60.0 | 0.1500 | 0.9542 | 0.9600 | 0.9800 |
        | 3 | 1,000 | 2.5 | 7.5 | 0.0500 | 0.9843 | **0.9900** | 0.9700 |
        | 1,200 | 32 | 2.5 | 3,000.0 | 0.0100 | 0.9969 | **0.9900** | 0.9750 |

        """.ReplaceLineEndings("\n"),
        SweepTable.Markdown(Rows));

    [Fact]
    public void What_no_run_has_is_left_out_and_what_one_lacks_is_a_dash()
    {
        SweepRow[] rows = [Rows[0] with { ValidationAccuracy = null, TestAccuracy = null }, Rows[1] with { TestAccuracy = null }];
        string[] lines = SweepTable.Markdown(rows).Split('\n');
        Assert.EndsWith("| training accuracy | validation accuracy |", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("| 0.9542 | - |", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_held_out_rows_nothing_is_marked()
    {
        SweepRow[] rows = [.. Rows.Select(row => row with { ValidationAccuracy = null })];
        Assert.DoesNotContain("*", SweepTable.Text(rows), StringComparison.Ordinal);
        Assert.DoesNotContain("**", SweepTable.Markdown(rows), StringComparison.Ordinal);
        Assert.EndsWith("; hold some out with --validation-fraction 0.1.", SweepTable.NoBest(rows), StringComparison.Ordinal);
        Assert.Null(SweepTable.NoBest(Rows));
    }

    [Fact]
    public void What_was_set_comes_first()
    {
        SweepRow[] rows = [Rows[0] with { Set = new Dictionary<string, string> { ["training.batchSize"] = "1", ["training.seed"] = "2" } }, Rows[1]];
        string[] lines = SweepTable.Markdown(rows).Split('\n');
        Assert.StartsWith("| training.batchSize | training.seed | epochs |", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("|---|---|---:|", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("| 1 | 2 | 1 |", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("| - | - | 3 |", lines[3], StringComparison.Ordinal);
    }
}
