using System.CommandLine;
using System.CommandLine.Parsing;
using DigitML.Experiments.RunFiles;

namespace DigitML.Training.Options;

/// <summary><c>--name</c> and <c>--out</c>: the folder of a run or a sweep.</summary>
internal sealed class RunFolderOptions
{
    private readonly Option<string?> name;
    private readonly Option<string?> folder;

    /// <param name="what">What the folder holds: "run" or "sweep".</param>
    /// <param name="defaultName">The default name in words.</param>
    internal RunFolderOptions(string what, string defaultName)
    {
        name = FileOption.Optional("--name", "NAME", $"Name of the {what}: its folder is runs/NAME. [default: {defaultName}]");
        folder = FileOption.Optional("--out", "DIR", $"Folder of the {what}, instead of one under runs.");
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: string text }] && (text is "." or ".." || text.IndexOfAny(['/', '\\', '\0']) >= 0))
            {
                result.AddError($"--name is \"{text}\"; it names a folder under runs. Use --out for a path.");
            }
        });
    }

    internal Option[] All => [name, folder];

    internal void AddTo(Command command)
    {
        foreach (Option option in All) command.Add(option);
        command.Validators.Add(result =>
        {
            if (All.All(option => result.GetResult(option) is { Implicit: false })) result.AddError("--name names a folder under runs and --out any other; give one of them.");
        });
    }

    internal string? Name(ParseResult parsed) => parsed.GetValue(name);

    internal string? Folder(ParseResult parsed) => parsed.GetValue(folder);

    /// <summary>True if the user named the folder.</summary>
    internal bool IsNamed(ParseResult parsed) => Name(parsed) is not null || Folder(parsed) is not null;

    /// <summary>The folder; one named after the time if the user named none.</summary>
    internal string PathOf(ParseResult parsed, string defaultName) => RunFolder.PathOf(Folder(parsed), Name(parsed), defaultName, DateTime.UtcNow);
}
