using System.Text.Json;
using DigitML.Engine.Files;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.RunFiles;
using static System.FormattableString;

namespace DigitML.Experiments.Sweeps;

/// <summary>A finished sweep: what its runs have in common, and a row for each.</summary>
/// <param name="Sweep">Its folder.</param>
/// <param name="Recipe">Name of the recipe.</param>
/// <param name="Seed">Seed of every run.</param>
/// <param name="Data">The training file.</param>
/// <param name="TrainingRows">Number of training rows.</param>
/// <param name="ValidationRows">Number of rows held out.</param>
/// <param name="TestRows">Number of test rows; null for none.</param>
/// <param name="Cpu">Processor of the last run.</param>
/// <param name="Settings">A row for each setting, in the order asked for.</param>
internal sealed record SweepResult(
    string Sweep, string Recipe, ulong Seed, string Data, int TrainingRows, int ValidationRows, int? TestRows, string Cpu, SweepRow[] Settings)
{
    /// <summary>Collects finished runs with one recipe, one seed and one data file.</summary>
    internal static SweepResult Of(string folder, RunPlan plan, SweepRow[] rows) => new(
        folder, plan.Recipe!.Name, plan.Seed, CommandLineText.Relative(plan.Data.Path), plan.Split.TrainingRows, plan.Split.ValidationRows,
        plan.TestData?.Rows, plan.Machine.Cpu, rows);

    /// <summary>The files that <see cref="Write"/> writes.</summary>
    internal static string[] FilesIn(string folder) => [Path.Combine(folder, "sweep.json"), Path.Combine(folder, "sweep.md")];

    /// <summary>Writes sweep.json and sweep.md into the folder, each atomically.</summary>
    /// <exception cref="Engine.DigitMLException">They cannot be written.</exception>
    internal void Write()
    {
        string[] files = FilesIn(Sweep);
        AtomicFile.WriteText(files[0], ResultJson.Of(this) + "\n");
        AtomicFile.WriteText(files[1], ToMarkdown());
    }

    private string ToMarkdown()
    {
        string validation = ValidationRows > 0 ? Invariant($", {ValidationRows:N0} more held out for validation") : "";
        string test = TestRows is int rows ? Invariant($", scored once on {rows:N0} test rows") : "";
        int[] threads = [.. Settings.Select(row => row.Threads).Distinct()];
        return $"""
            # Sweep of `{Recipe}`

            {Invariant($"{TrainingRows:N0}")} rows of {Data}{validation}{test}; seed {Seed}; {Cpu}, {string.Join(" or ", threads)} {(threads is [1] ? "thread" : "threads")}.
            Training loss and accuracy are measured during the last epoch. {SweepTable.NoBest(Settings) ?? "The best validation accuracy is bold."}

            {SweepTable.Markdown(Settings)}
            """;
    }
}
