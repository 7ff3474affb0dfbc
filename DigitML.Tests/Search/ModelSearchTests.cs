using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Experiments.Runs;
using DigitML.Experiments.Search;
using Microsoft.Extensions.Time.Testing;

namespace DigitML.Tests.Search;

/// <summary>What a search tries and when it ends, on a machine of a given speed whose time a fake clock counts: no test waits, and none depends on the processor.</summary>
public class ModelSearchTests
{
    private const int Rows = 10_000;
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider clock = new();
    private readonly TimeBudget budget;
    private readonly List<Candidate> tried = [];

    public ModelSearchTests() => budget = new TimeBudget(Budget, clock);

    [Theory]
    [InlineData(2_000)]
    [InlineData(20_000)]
    [InlineData(200_000)]
    public void The_final_training_ends_within_the_budget(double rowsPerSecond)
    {
        ModelSearch search = Searched(rowsPerSecond);
        Recipe best = search.Best();
        double final = best.Training.Epochs * Rows / rowsPerSecond;
        Assert.InRange(budget.Elapsed + final, 1, Budget.TotalSeconds);
        Assert.Equal(search.Leaderboard[0].Recipe.Name, best.Name);
    }

    [Fact]
    public void The_most_accurate_of_those_tried_on_all_rows_wins()
    {
        ModelSearch search = Searched(rowsPerSecond: 20_000);
        Candidate[] finalists = [.. search.Leaderboard.Where(candidate => candidate.Last.Rows == Rows)];
        Assert.True(finalists.Length >= 2);
        Assert.Equal(finalists.Max(candidate => AccuracyOf(candidate.Recipe)), AccuracyOf(search.Leaderboard[0].Recipe));
    }

    [Fact]
    public void A_third_of_the_recipes_go_on_and_they_are_the_best()
    {
        ModelSearch search = Searched(rowsPerSecond: 200_000);
        Candidate[] onMoreRows = [.. search.Leaderboard.Where(candidate => candidate.Trials.Length > 1)];
        Assert.Equal((search.Leaderboard.Count + 2) / 3, onMoreRows.Length);
        Assert.True(onMoreRows.Min(candidate => AccuracyOf(candidate.Recipe)) >= search.Leaderboard.Except(onMoreRows).Max(candidate => AccuracyOf(candidate.Recipe)));
    }

    [Fact]
    public void The_slowest_machine_tries_two_recipes_and_one_on_all_rows()
    {
        ModelSearch search = Searched(rowsPerSecond: 20);
        Assert.Equal(2, search.Leaderboard.Count);
        Assert.Equal(Rows, search.Leaderboard[0].Last.Rows);
        Assert.Equal(search.Leaderboard[0].Last.Epochs, search.Best().Training.Epochs);
    }

    [Fact]
    public void A_faster_machine_tries_more()
    {
        int slow = Searched(rowsPerSecond: 500).Leaderboard.Count;
        int fast = new ModelSearchTests().Searched(rowsPerSecond: 5_000).Leaderboard.Count;
        Assert.True(fast > slow, $"{fast} recipes at 5,000 rows/s, {slow} at 500");
    }

    [Fact]
    public void A_search_that_is_stopped_keeps_what_it_tried()
    {
        int trials = 0;
        var search = new ModelSearch((recipe, rows) => ++trials > 3 ? throw new OperationCanceledException() : Train(recipe, rows, 20_000), Inputs(), seed: 1, budget, tried.Add);
        Assert.Throws<OperationCanceledException>(search.Run);
        Assert.Equal(3, search.Leaderboard.Count);
        Assert.Equal(AccuracyOf(search.Best()), search.Leaderboard.Max(candidate => AccuracyOf(candidate.Recipe)));
    }

    [Fact]
    public void Each_candidate_is_reported_after_each_trial()
    {
        ModelSearch search = Searched(rowsPerSecond: 20_000);
        Assert.Equal(search.Leaderboard.Sum(candidate => candidate.Trials.Length), tried.Count);
    }

    [Theory]
    [InlineData(504, 10)]
    [InlineData(12, 10)]
    [InlineData(2, 2)]
    public void The_first_trial_takes_all_rows_where_a_part_would_leave_no_row_of_a_class(int rows, int classes)
    {
        var search = new ModelSearch((recipe, part) => Train(recipe, part, 20_000), Inputs(rows, classes), seed: 1, budget, tried.Add);
        search.Run();
        Assert.All(tried, candidate => Assert.Equal(rows, candidate.Last.Rows));
    }

    private ModelSearch Searched(double rowsPerSecond)
    {
        var search = new ModelSearch((recipe, rows) => Train(recipe, rows, rowsPerSecond), Inputs(), seed: 1, budget, tried.Add);
        search.Run();
        return search;
    }

    private List<EpochReport> Train(Recipe recipe, DigitDataset rows, double rowsPerSecond)
    {
        double seconds = rows.Count / rowsPerSecond, accuracy = AccuracyOf(recipe);
        clock.Advance(TimeSpan.FromSeconds(recipe.Training.Epochs * seconds));
        return [.. Enumerable.Range(1, recipe.Training.Epochs).Select(epoch => new EpochReport(epoch, 1 - accuracy, accuracy, 1 - accuracy, accuracy, 0.1f, seconds, seconds, 10, rows.Count))];
    }

    // Each recipe of a search has its own, whatever it is trained on.
    private static double AccuracyOf(Recipe recipe) => 0.9 + 0.09 * (recipe.Name.Aggregate(17u, (hash, letter) => hash * 31 + letter) % 1_000) / 1_000;

    private static RunInputs Inputs(int count = Rows, int classes = 2)
    {
        const int heldOut = 100;
        var labels = new LabelMap(Enumerable.Range(0, classes).Select(key => $"{key}"));
        var rows = new DigitDataset("rows", 8, 8, new byte[(count + heldOut) * 64], [.. Enumerable.Range(0, count + heldOut).Select(row => row % classes)], labels);
        (DigitDataset training, DigitDataset validation) = DatasetSplit.ByCount(rows, heldOut, seed: 1);
        return new RunInputs(labels, training, validation, Test: null, BaseModel: null);
    }
}
