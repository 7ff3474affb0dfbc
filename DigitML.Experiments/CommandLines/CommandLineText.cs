using System.Text.RegularExpressions;

namespace DigitML.Experiments.CommandLines;

/// <summary>Command lines for the user to run next, in the form in which this program was started.</summary>
internal static partial class CommandLineText
{
    private const string Project = "DigitML.Training";

    /// <summary>"digitml evaluate --model runs/first/model.onnx", or the same with <c>dotnet run</c> if the program is in its project's build folder.</summary>
    internal static string Of(params ReadOnlySpan<string> arguments)
    {
        var words = new List<string>([Program(AppContext.BaseDirectory, Directory.GetCurrentDirectory())]);
        foreach (string argument in arguments) words.Add(Quoted(argument));
        return string.Join(' ', words);
    }

    /// <summary>A word quoted so that the system's shell treats it as one literal word.</summary>
    internal static string Quoted(string word) => OperatingSystem.IsWindows() ? QuotedForCmd(word) : QuotedForPosix(word);

    /// <summary>A word for sh, bash and zsh: in single quotes unless it is plain; a single quote inside it is placed outside the quotes, after a backslash.</summary>
    internal static string QuotedForPosix(string word) =>
        IsPlain(word, "/") ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>
    /// A word for cmd: in double quotes unless it is plain. A percent sign or a quote inside it is placed outside the quotes, after a caret. Backslashes before a quote are doubled, as
    /// Windows programs expect in their arguments.
    /// </summary>
    internal static string QuotedForCmd(string word)
    {
        if (IsPlain(word, "/\\")) return word;
        string text = BackslashesBeforeQuote().Replace(word, "$1$1").Replace("\"", "\"\\^\"\"", StringComparison.Ordinal).Replace("%", "\"^%\"", StringComparison.Ordinal);
        return $"\"{text}\"";
    }

    /// <summary>A path as the user would type it: relative if it is below the current folder.</summary>
    internal static string Relative(string path)
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>The command that starts the program in a folder.</summary>
    internal static string Program(string programFolder, string currentFolder)
    {
        for (DirectoryInfo? folder = new(programFolder); folder is not null; folder = folder.Parent)
        {
            if (folder.Name == Project && File.Exists(Path.Combine(folder.FullName, $"{Project}.csproj")))
            {
                string project = Path.GetRelativePath(currentFolder, folder.FullName);
                return $"dotnet run -c Release --project {Quoted(project)} --";
            }
        }

        return "digitml";
    }

    // Characters that have no special meaning to any shell anywhere in a word; "~" and "=" have one at its start.
    private static bool IsPlain(string word, string separators) =>
        word.Length > 0 && word[0] != '=' && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_.,:+@=".Contains(c) || separators.Contains(c));

    [GeneratedRegex(@"(\\+)(?=[""%]|$)")]
    private static partial Regex BackslashesBeforeQuote();
}
