using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Experiments.Runs;

namespace DigitML.Experiments.Search;

/// <summary>Trains a recipe; returns what each epoch gave, with the validation accuracy and loss.</summary>
/// <exception cref="OperationCanceledException">The user stopped it.</exception>
internal delegate IReadOnlyList<EpochReport> TrainRecipe(Recipe recipe, DigitDataset rows);

/// <summary>
/// Finds a recipe for a dataset within a time budget, by successive halving (Jamieson and Talwalkar 2016): many recipes are tried on few rows, the best third of them
/// on more, the best of those on all; the remaining time is used to train the winner. Rungs end by time, not by count, so slow machines try fewer recipes.
/// The choice is made only on the rows held out.
/// </summary>
/// <param name="train">Trains a recipe on some of the training rows and measures it on the rows held out.</param>
/// <param name="inputs">The rows.</param>
/// <param name="seed">Random seed.</param>
/// <param name="budget">The time.</param>
/// <param name="tried">Receives each candidate after its trial.</param>
internal sealed class ModelSearch(TrainRecipe train, RunInputs inputs, ulong seed, TimeBudget budget, Action<Candidate> tried)
{
    private const int MostCandidates = 48, FewestInRung = 2, FewestFinalEpochs = 6, MostFinalEpochs = 40;

    // The last part of the time is reserved for reloading, testing, writing and estimation errors.
    private const double ReservedShare = 0.06, ReservedSeconds = 4, MostReserved = 0.2;

    private static readonly Rung[] Rungs = [new(0.1, 2, 0.1), new(0.35, 2, 0.2), new(1, 3, 0.35), new(1, 8, 0.55, IsOptional: true)];

    /// <summary>Candidates, the best first.</summary>
    internal IReadOnlyList<Candidate> Leaderboard => [.. Ranked(candidates)];

    private readonly List<Candidate> candidates = [];

    /// <summary>Tries recipes until the time of the search is used up.</summary>
    /// <exception cref="OperationCanceledException">The user stopped it; <see cref="Best"/> is the best recipe so far, if one was tried.</exception>
    internal void Run()
    {
        TryNew(Rungs[0]);
        for (int rung = 1; rung < Rungs.Length; rung++) Promote(rung);
    }

    /// <summary>
    /// The best recipe that was tried, with as many epochs as the remaining time allows. If that is not at least twice as long as its trial, it has the trial's epochs: a
    /// trial on all rows then gives its very model again, and a slightly longer training might give a worse one.
    /// </summary>
    internal Recipe Best()
    {
        Candidate best = Leaderboard[0];
        int affordable = AffordableEpochs(best, budget.Left - Reserved);
        Recipe recipe = SearchSpace.WithEpochs(best.Recipe, affordable >= 2 * best.Last.Epochs ? affordable : best.Last.Epochs);
        return recipe with { Training = recipe.Training with { Seed = seed } };
    }

    private void TryNew(Rung rung)
    {
        var space = new SearchSpace(inputs.Training.Height, inputs.Training.Width, inputs.Labels.Count, seed);
        foreach (Recipe recipe in space.Recipes())
        {
            if (candidates.Count >= FewestInRung && (candidates.Count >= MostCandidates || budget.Elapsed > rung.EndOf(budget))) return;
            Network network = recipe.BuildNetwork(inputs.Training.Height, inputs.Training.Width, inputs.Labels.Count);
            Trial trial = Try(recipe, 0);
            Add(new Candidate(candidates.Count + 1, recipe, network.TrainableParameterCount, [trial]));
        }
    }

    private double Reserved => ReservedShare * budget.Total.TotalSeconds + Math.Min(ReservedSeconds, MostReserved * budget.Total.TotalSeconds);

    private void Promote(int index)
    {
        Rung rung = Rungs[index];
        Candidate[] before = [.. Ranked(candidates.Where(candidate => candidate.Trials.Length == index))];
        // If the time is too short for all of them, the fastest.
        Candidate[] able = [.. before.Where(CanBeFinished)];
        if (able.Length == 0) able = [before.MaxBy(candidate => candidate.Last.RowsPerSecond)!];
        if (rung.IsOptional && (able.Length < FewestInRung || budget.Elapsed + able.Take(FewestInRung).Sum(SecondsOf) > rung.EndOf(budget))) return;
        int most = Math.Max((before.Length + 2) / 3, FewestInRung), promoted = 0;
        foreach (Candidate candidate in able.Take(most))
        {
            if (promoted > 0 && budget.Elapsed + SecondsOf(candidate) > rung.EndOf(budget)) return;
            Add(candidate with { Trials = [.. candidate.Trials, Try(candidate.Recipe, index)] });
            promoted++;
        }

        double SecondsOf(Candidate candidate) => rung.RowsOf(inputs.Training.Count) * rung.Epochs / candidate.Last.RowsPerSecond;
    }

    private Trial Try(Recipe recipe, int index)
    {
        Rung rung = Rungs[index];
        DigitDataset rows = RowsOf(rung);
        Recipe shortened = SearchSpace.WithEpochs(recipe, rung.Epochs);
        double began = budget.Elapsed;
        IReadOnlyList<EpochReport> history = train(shortened with { Training = shortened.Training with { Seed = seed } }, rows);
        EpochReport last = history[^1];
        double seconds = budget.Elapsed - began;
        return new Trial(
            index + 1, rows.Count, rung.Epochs, seconds, last.ValidationAccuracy!.Value, last.ValidationLoss!.Value,
            history.Sum(epoch => (double)epoch.Samples) / Math.Max(history.Sum(epoch => epoch.Seconds), 1e-9));
    }

    // A split leaves a row of every class behind, so nearly all rows cannot be split off.
    private DigitDataset RowsOf(Rung rung)
    {
        DigitDataset all = inputs.Training;
        int count = rung.RowsOf(all.Count);
        return count > all.Count - inputs.Labels.Count ? all : DatasetSplit.ByCount(all, count, seed).Validation;
    }

    private void Add(Candidate candidate)
    {
        candidates.RemoveAll(other => other.Number == candidate.Number);
        candidates.Add(candidate);
        tried(candidate);
    }

    // True if the time after the search is enough for the final training.
    private bool CanBeFinished(Candidate candidate) =>
        AffordableEpochs(candidate, budget.Total.TotalSeconds - Rungs.Last(rung => !rung.IsOptional).EndOf(budget) - Reserved) >= FewestFinalEpochs;

    private int AffordableEpochs(Candidate candidate, double seconds) =>
        (int)Math.Clamp(seconds * candidate.Last.RowsPerSecond / inputs.Training.Count, 1, MostFinalEpochs);

    // The more rows, the more reliable the trial; with as many, fewer epochs that reach a higher accuracy are as good.
    private static IEnumerable<Candidate> Ranked(IEnumerable<Candidate> candidates) => candidates
        .OrderByDescending(candidate => candidate.Last.Rows).ThenByDescending(candidate => candidate.Last.ValidationAccuracy).ThenBy(candidate => candidate.Last.ValidationLoss);

    /// <param name="ShareOfRows">Fraction of the training rows.</param>
    /// <param name="Epochs">Passes over them.</param>
    /// <param name="EndShare">Fraction of the time after which no trial of this length starts.</param>
    /// <param name="IsOptional">For long searches: used only if two candidates fit.</param>
    private sealed record Rung(double ShareOfRows, int Epochs, double EndShare, bool IsOptional = false)
    {
        internal int RowsOf(int all) => Math.Clamp((int)(ShareOfRows * all), Math.Min(all, 500), all);

        internal double EndOf(TimeBudget budget) => EndShare * budget.Total.TotalSeconds;
    }
}
