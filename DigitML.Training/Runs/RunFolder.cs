using System.Globalization;
using DigitML.Engine;

namespace DigitML.Training.Runs;

/// <summary>The folder of one run and the files in it.</summary>
internal sealed class RunFolder
{
    /// <summary>Where runs go unless told otherwise.</summary>
    internal const string UsualParent = "runs";

    private RunFolder(string path) => Path = path;

    /// <summary>The folder, as the user would type it.</summary>
    internal string Path { get; }

    internal string Plan => In("plan.json");

    internal string History => In("history.csv");

    internal string Metrics => In("metrics.json");

    internal string Model => In("model.onnx");

    /// <summary>There until the run is done.</summary>
    internal string Checkpoint => In("checkpoint");

    /// <summary>Makes the folder of a new run.</summary>
    /// <param name="folder">The folder the user named; null for one under runs/.</param>
    /// <param name="name">The run's name; null for the time and the recipe's name.</param>
    /// <param name="recipeName">Name of the recipe.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="DigitMLException">It holds a run already or cannot be made.</exception>
    internal static RunFolder Create(string? folder, string? name, string recipeName, DateTime now)
    {
        var run = new RunFolder(folder ?? System.IO.Path.Combine(UsualParent, name ?? Unused(string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss}-{recipeName}"))));
        if (File.Exists(run.Plan))
        {
            throw new DigitMLException(
                $"{run.Path} holds a run already; choose another --name or --out, or go on with it: {TypedCommand.Of("train", "--resume", run.Path)}");
        }

        try
        {
            Directory.CreateDirectory(run.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DigitMLException($"{run.Path} cannot be made a run folder: {Reason(run.Path, e)}; choose another --out.", e);
        }

        return run;
    }

    /// <summary>Opens the folder of a run that was begun.</summary>
    /// <exception cref="DigitMLException">It holds no run, or one that is finished.</exception>
    internal static RunFolder OpenUnfinished(string path)
    {
        var run = new RunFolder(path);
        if (!File.Exists(run.Plan)) throw new DigitMLException($"{path} holds no run: it has no plan.json; name the folder of a run that was stopped.");
        if (File.Exists(run.Model) && !File.Exists(run.Checkpoint))
        {
            throw new DigitMLException($"{path} is finished: its model is {run.Model}; there is nothing to resume.");
        }

        return run;
    }

    private string In(string file) => System.IO.Path.Combine(Path, file);

    private static string Unused(string name)
    {
        string candidate = name;
        for (int i = 2; Directory.Exists(System.IO.Path.Combine(UsualParent, candidate)); i++) candidate = $"{name}-{i}";
        return candidate;
    }

    private static string Reason(string path, Exception e)
    {
        for (string? folder = System.IO.Path.GetFullPath(path); folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(folder)) return $"{folder} is a file";
        }

        return e is UnauthorizedAccessException ? "permission is denied" : e.Message.Split(" : '", 2)[0].TrimEnd('.');
    }
}
