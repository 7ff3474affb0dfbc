using System.CommandLine;
using System.Globalization;
using DigitML.Data.Predictions;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data kaggle-score --submission F --solution F</c>: the fraction of a submission's rows that is correct.</summary>
internal static class DataKaggleScoreCommand
{
    internal static Command Create(Terminal terminal)
    {
        Option<string> submission = FileOption.Required("--submission", "FILE", "Predictions as ImageId,Label, as digitml predict writes them.");
        Option<string> solution = FileOption.Required("--solution", "FILE", "The true labels as ImageId,Label, as kaggle-split writes them.");
        Option<bool> json = FileOption.Json();
        var command = new Command("kaggle-score", "Scores a submission as Kaggle does: the fraction of the rows predicted correctly.") { submission, solution, json };
        command.SetAction(parsed =>
        {
            KaggleSubmission truth = KaggleSubmission.Read(parsed.GetRequiredValue(solution));
            KaggleSubmission given = KaggleSubmission.Read(parsed.GetRequiredValue(submission));
            int right = given.CountRight(truth), rows = truth.Rows.Count;
            if (parsed.GetValue(json)) terminal.WriteJson(new SubmissionScore(given.Path, truth.Path, (double)right / rows, right, rows));
            else terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{KaggleText(right, rows)}  {right:N0} of {rows:N0} correct"));
        });
        return command.WithExamples("""
            digitml data kaggle-score --submission submission.csv --solution kaggle/solution.csv
            """);
    }

    // Kaggle truncates after the fifth decimal: it shows 6,981 of 7,000 as 0.99728.
    private static string KaggleText(int right, int rows) => (Math.Floor(right * 100_000m / rows) / 100_000m).ToString("F5", CultureInfo.InvariantCulture);

    private sealed record SubmissionScore(string Submission, string Solution, double Score, int Right, int Rows);
}
