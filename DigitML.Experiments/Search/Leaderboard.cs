using System.Collections.Immutable;
using System.Globalization;
using DigitML.Engine.Files;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Summaries;

namespace DigitML.Experiments.Search;

/// <summary>The candidates of a search, the best first.</summary>
internal static class Leaderboard
{
    /// <summary>The column of descriptions, which are long.</summary>
    internal static RankedColumn<Candidate> Description { get; } = RankedColumn<Candidate>.Words("description", candidate => candidate.Recipe.Description);

    /// <summary>The columns. Trials of different lengths are not comparable, so no value is marked as best.</summary>
    internal static RankedTable<Candidate> Table { get; } = new(
    [
        RankedColumn<Candidate>.Number("#", "N0", candidate => candidate.Number),
        RankedColumn<Candidate>.Words("recipe", candidate => candidate.Recipe.Name),
        RankedColumn<Candidate>.Number("parameters", "N0", candidate => candidate.Parameters),
        RankedColumn<Candidate>.Number("rows", "N0", candidate => candidate.Last.Rows),
        RankedColumn<Candidate>.Number("epochs", "N0", candidate => candidate.Last.Epochs),
        RankedColumn<Candidate>.Number("validation accuracy", "F4", candidate => candidate.Last.ValidationAccuracy),
        RankedColumn<Candidate>.Number("validation loss", "F4", candidate => candidate.Last.ValidationLoss),
        RankedColumn<Candidate>.Number("seconds", "N1", candidate => candidate.Last.Seconds),
        Description,
    ]);

    /// <summary>One line about a trial.</summary>
    internal static string Line(Candidate candidate, double left) => string.Create(CultureInfo.InvariantCulture,
        $"{left,5:0}s left  #{candidate.Number,-3} {candidate.Last.Rows,7:N0} rows x {candidate.Last.Epochs}  accuracy {candidate.Last.ValidationAccuracy:F4}  loss {candidate.Last.ValidationLoss:F4}  {candidate.Last.Seconds,5:0.0}s  {candidate.Recipe.Name} ({candidate.Recipe.Description})");

    /// <summary>The files that <see cref="Write"/> writes.</summary>
    internal static string[] FilesIn(string folder) => [Path.Combine(folder, "leaderboard.md"), Path.Combine(folder, "leaderboard.json")];

    /// <summary>Writes leaderboard.md and leaderboard.json into a folder, each atomically.</summary>
    /// <exception cref="Engine.DigitMLException">They cannot be written.</exception>
    internal static void Write(IReadOnlyList<Candidate> candidates, string folder)
    {
        string[] files = FilesIn(folder);
        AtomicFile.WriteText(files[0], $"# Leaderboard\n\nTrials on more rows come first; those on equally many are ordered by validation accuracy.\n\n{Table.Markdown(candidates)}");
        AtomicFile.WriteText(files[1], ResultJson.Of(Entries(candidates)) + "\n");
    }

    private static IEnumerable<Entry> Entries(IReadOnlyList<Candidate> candidates) =>
        candidates.Select(candidate => new Entry(candidate.Number, candidate.Recipe.Name, candidate.Recipe.Description, candidate.Parameters, candidate.Trials));

    private sealed record Entry(int Number, string Recipe, string Description, int Parameters, ImmutableArray<Trial> Trials);
}
