using DigitML.Data.Layouts;
using DigitML.Engine;
using DigitML.Engine.Files;

namespace DigitML.Data.Recipes;

/// <summary>digitml.json: a recipe and its data, to train it again.</summary>
/// <param name="Data">The training data file, relative to the folder of digitml.json if it is inside that folder.</param>
/// <param name="Recipe">The recipe; if a search found it, its seed is that of the search.</param>
/// <param name="TestData">The test data file; null for none.</param>
/// <param name="ValidationFraction">Fraction of the rows held out for validation; null for the default.</param>
/// <param name="Search">How the recipe was found; null if there was no search.</param>
/// <param name="Layout">What was said about the layout of the data files; null if everything was found.</param>
public sealed record Scenario(string Data, Recipe Recipe, string? TestData = null, double? ValidationFraction = null, SearchInfo? Search = null, FileLayout? Layout = null)
{
    /// <summary>The default file name.</summary>
    public const string DefaultFile = "digitml.json";

    /// <summary>Writes the file atomically.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="DigitMLException">It cannot be written.</exception>
    public void Write(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        AtomicFile.WriteText(path, StrictJson.Write(this with { Data = Below(folder, Data), TestData = TestData is null ? null : Below(folder, TestData) }));
    }

    /// <summary>Reads a file; relative paths in it are relative to its folder.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DigitMLException">It is missing or not valid.</exception>
    public static Scenario Read(string path)
    {
        if (!File.Exists(path)) throw new DigitMLException($"{path}: there is no such file; digitml build writes one.");
        var scenario = StrictJson.Read<Scenario>(path, File.ReadAllText(path));
        if (scenario.ValidationFraction is not (null or (>= 0 and < 1)))
        {
            throw new DigitMLException($"{path}: validationFraction is {scenario.ValidationFraction}; it must be from 0 up to but not including 1.");
        }

        string folder = Path.GetDirectoryName(path)!;
        return scenario with { Data = Path.Combine(folder, scenario.Data), TestData = scenario.TestData is null ? null : Path.Combine(folder, scenario.TestData) };
    }

    private static string Below(string folder, string path)
    {
        string relative = Path.GetRelativePath(folder, Path.GetFullPath(path));
        return relative.StartsWith("..", StringComparison.Ordinal) ? Path.GetFullPath(path) : relative;
    }
}

/// <summary>How a recipe was found.</summary>
/// <param name="TimeBudget">The time limit.</param>
/// <param name="Seed">Seed of the search.</param>
/// <param name="Candidates">Number of recipes tried.</param>
public sealed record SearchInfo(string TimeBudget, ulong Seed, int Candidates);
