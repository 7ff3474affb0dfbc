using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;
using DigitML.Experiments.Search;
using DigitML.Experiments.Sweeps;
using DigitML.Training.Terminals;

namespace DigitML.Training.Options;

/// <summary><c>--name</c> and <c>--out</c>: the folder of a run or a sweep.</summary>
internal sealed class RunFolderOptions
{
    // File systems take 255 bytes; a suffix may be added.
    private const int LongestName = 200;

    private readonly Option<string?> name;
    private readonly Option<string?> folder;
    private readonly Option<bool> overwrite;

    /// <param name="what">What the folder holds: "run" or "sweep".</param>
    /// <param name="defaultName">The default name in words.</param>
    internal RunFolderOptions(string what, string defaultName)
    {
        name = FileOption.Optional("--name", "NAME", $"Name of the {what}: its folder is runs/NAME. [default: {defaultName}]");
        folder = FileOption.Optional("--out", "DIR", $"Folder of the {what}, instead of one under runs.");
        overwrite = new Option<bool>("--overwrite") { Description = $"Replace a {what} that the folder holds; it is deleted once the new one is complete." };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: string whole }] && Encoding.UTF8.GetByteCount(whole) > LongestName) result.AddError($"--name is \"{whole}\"; a name has at most {LongestName} bytes.");
            if (result.Tokens is [{ Value: string text }] && (text is "." or ".." || text.IndexOfAny(['/', '\\', '\0']) >= 0))
            {
                result.AddError($"--name is \"{text}\"; it names a folder under runs. Use --out for a path.");
            }
        });
    }

    private static readonly string[] ResultFiles =
        [.. Leaderboard.FilesIn("").Concat(SweepResult.FilesIn("")).Select(file => Path.GetFileName(file)!), Scenario.DefaultFile];

    internal Option[] All => [name, folder, overwrite];

    internal void AddTo(Command command)
    {
        foreach (Option option in All) command.Add(option);
        command.Validators.Add(result =>
        {
            int given = new Option[] { name, folder }.Count(option => result.GetResult(option) is { Implicit: false });
            if (given == 2) result.AddError("--name names a folder under runs and --out any other; give one of them.");
            if (given == 0 && result.GetValue(overwrite)) result.AddError("--overwrite goes with --name or --out, which name the folder.");
        });
    }

    internal string? Name(ParseResult parsed) => parsed.GetValue(name);

    internal string? Folder(ParseResult parsed) => parsed.GetValue(folder);

    /// <summary>True if the user named the folder.</summary>
    internal bool IsNamed(ParseResult parsed) => Name(parsed) is not null || Folder(parsed) is not null;

    /// <summary>Does the work that fills the folder; with --overwrite, an earlier run makes way for it.</summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <param name="terminal">Told where the earlier run is, if the work leaves the new one unfinished.</param>
    /// <param name="inputs">The files that the work reads; null for none.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="DigitMLException">The folder holds something else than a run.</exception>
    internal T Fill<T>(ParseResult parsed, Terminal terminal, IEnumerable<string?> inputs, Func<T> work) =>
        parsed.GetValue(overwrite) ? ReplacedRun.Replace(PathOf(parsed, ""), ResultFiles, inputs, terminal.Error, work) : work();

    /// <summary>The folder; one named after the time if the user named none.</summary>
    internal string PathOf(ParseResult parsed, string defaultName) => RunFolder.PathOf(Folder(parsed), Name(parsed), defaultName, DateTime.UtcNow);
}
