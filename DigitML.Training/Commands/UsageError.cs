using System.CommandLine;
using System.CommandLine.Parsing;

namespace DigitML.Training.Commands;

/// <summary>Turns the errors of a command line into one line that says what to type instead.</summary>
internal static class UsageError
{
    internal static string Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string path = Path(parsed.CommandResult);
        string problem = parsed.UnmatchedTokens.Count > 0 ? Unknown(parsed.UnmatchedTokens[0], command, path)
            : command.Subcommands.Count > 0 && command.Action is null ? $"{path} needs a command: {string.Join(", ", Names(command.Subcommands))}."
            : Other(parsed);
        return $"{problem} See {path} --help.";
    }

    /// <summary>The command as it is typed: "digitml bench train".</summary>
    internal static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : "digitml";

    private static string Unknown(string token, Command command, string path)
    {
        bool isOption = token.StartsWith('-');
        string[] known = isOption ? [.. Names(command.Options), "--help"] : [.. Names(command.Subcommands)];
        string what = isOption ? $"{path} has no option {token}" : known.Length > 0 ? $"{path} has no command \"{token}\"" : $"{path} does not take \"{token}\"";
        string? nearest = Nearest(token, known);
        return nearest is not null ? $"{what}; did you mean {nearest}?" : !isOption && known.Length > 0 ? $"{what}; it has {string.Join(", ", known)}." : $"{what}.";
    }

    /// <summary>An option without its value is reported first, then one that is missing or given twice: the commands' own checks treat it as absent.</summary>
    private static string Other(ParseResult parsed)
    {
        foreach (ParseError error in parsed.Errors)
        {
            if (error.SymbolResult is OptionResult { Tokens.Count: 0, Implicit: false, Option: { ValueType: var type } option } && type != typeof(bool))
            {
                return $"{option.Name} needs {option.HelpName} after it.";
            }
        }

        CommandResult command = parsed.CommandResult;
        string[] missing =
        [
            .. command.Command.Options.Where(option => option.Required && command.GetResult(option) is not { Implicit: false }).Select(option => $"{option.Name} {option.HelpName}"),
            .. command.Command.Arguments.Where(argument => (command.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MinimumNumberOfValues).Select(argument => argument.HelpName ?? argument.Name),
        ];
        if (missing.Length > 0) return $"{Path(command)} needs {missing[0].Replace(" ...", "", StringComparison.Ordinal)}.";
        if (command.Command.Options.FirstOrDefault(option => option.Arity.MaximumNumberOfValues == 1 && command.GetResult(option) is { IdentifierTokenCount: > 1 }) is { } twice)
        {
            return $"{twice.Name} is given twice; give it once.";
        }

        return parsed.Errors[0].Message.TrimEnd('.') + ".";
    }

    private static IEnumerable<string> Names(IEnumerable<Symbol> symbols) => symbols.Where(s => !s.Hidden).Select(s => s.Name);

    private static string? Nearest(string token, string[] known) =>
        known.Select(name => (name, distance: EditDistance(token, name)))
            .Where(candidate => candidate.distance <= Math.Max(1, candidate.name.Length / 3))
            .OrderBy(candidate => candidate.distance)
            .Select(candidate => candidate.name)
            .FirstOrDefault();

    /// <summary>Levenshtein's distance: insertions, deletions and replacements from one text to the other.</summary>
    private static int EditDistance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
