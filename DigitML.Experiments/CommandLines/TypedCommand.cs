namespace DigitML.Experiments.CommandLines;

/// <summary>Command lines to type next, in the form that starts this very program.</summary>
internal static class TypedCommand
{
    private const string Project = "DigitML.Training";

    /// <summary>"digitml evaluate --model runs/first/model.onnx", or the same by <c>dotnet run</c> where the program lies in its project's build folder.</summary>
    internal static string Of(params ReadOnlySpan<string> arguments)
    {
        var words = new List<string>([Program(AppContext.BaseDirectory, Directory.GetCurrentDirectory())]);
        foreach (string argument in arguments) words.Add(Quoted(argument));
        return string.Join(' ', words);
    }

    /// <summary>A word as a shell takes it for one: between quotes where it has a space.</summary>
    internal static string Quoted(string word) => word.Contains(' ') ? $"\"{word}\"" : word;

    /// <summary>A path as the user would type it: relative where it lies below the current folder.</summary>
    internal static string Relative(string path)
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>What starts the program that lies in a folder.</summary>
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
}
