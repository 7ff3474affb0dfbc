using System.Collections.Immutable;
using System.Reflection;
using DigitML.Engine;
using DigitML.Engine.Networks;
using DigitML.Model.Files;

namespace DigitML.Data.Recipes;

/// <summary>Reads recipes: the built-in ones by name, and others from files.</summary>
public static class RecipeCatalog
{
    /// <summary>The name of the default recipe.</summary>
    public const string DefaultName = "compact";

    private const string Suffix = ".json";

    /// <summary>The names of the built-in recipes, the default first.</summary>
    public static ImmutableArray<string> Names { get; } =
        [.. ResourceNames().Select(name => name[..^Suffix.Length]).OrderBy(name => name == DefaultName ? 0 : 1).ThenBy(name => name, StringComparer.Ordinal)];

    /// <summary>Returns a recipe by its name or by the path of its file.</summary>
    /// <param name="nameOrFile">One of <see cref="Names"/>, or a JSON file.</param>
    /// <exception cref="DigitMLException">There is no such recipe or file, or the file is not a valid recipe.</exception>
    public static Recipe Get(string nameOrFile)
    {
        ArgumentNullException.ThrowIfNull(nameOrFile);
        if (Names.Contains(nameOrFile)) return Read(nameOrFile, JsonOf(nameOrFile));
        if (Directory.Exists(nameOrFile)) throw new DigitMLException($"{nameOrFile} is a folder; a recipe is a JSON file or one of {string.Join(", ", Names)}.");
        if (File.Exists(nameOrFile)) return Read(nameOrFile, File.ReadAllText(nameOrFile));
        throw new DigitMLException(
            $"There is no recipe and no file \"{nameOrFile}\"; the recipes are {string.Join(", ", Names)}, and digitml recipes NAME prints one to copy and change.");
    }

    /// <summary>Returns the JSON text of a built-in recipe.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="DigitMLException">There is no such recipe.</exception>
    public static string JsonOf(string name)
    {
        using Stream stream = typeof(RecipeCatalog).Assembly.GetManifestResourceStream(Prefix + name + Suffix)
            ?? throw new DigitMLException($"There is no recipe {DisplayText.Value(name)}; the recipes are {string.Join(", ", Names)}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Reads and checks the JSON text of a recipe.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="json">The text.</param>
    /// <exception cref="DigitMLException">The text is not a valid recipe; the message is one line with the file and the line number.</exception>
    public static Recipe Read(string file, string json)
    {
        var recipe = StrictJson.Read<Recipe>(file, json);
        Check(recipe.Name.Length > 0 && recipe.Name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0, "name", $"is \"{recipe.Name}\"; it must be usable as a folder name");
        CheckLayers("layers", recipe.Layers);
        Check(recipe.Networks >= 1, "networks", $"is {recipe.Networks}; it must be 1 or more");
        for (int i = 0; i < recipe.OtherLayers?.Length; i++) CheckLayers($"otherLayers[{i}]", recipe.OtherLayers[i]);
        Check(recipe.TestTimeShift >= 0, "testTimeShift", $"is {recipe.TestTimeShift}; it must be 0 or more");
        try
        {
            recipe.Training.Validate();
        }
        catch (DigitMLException e)
        {
            throw new DigitMLException($"{file}:{JsonLine.Of("training." + e.Message.Split(' ')[0], json)}: training.{e.Message}", e);
        }

        return recipe;

        void CheckLayers(string path, ImmutableArray<Layer> layers)
        {
            Check(!layers.IsDefaultOrEmpty, path, "is an empty list; a network has at least one layer");
            for (int i = 0; i < layers.Length; i++) Check(layers[i] is not null, $"{path}[{i}]", "is null; it must be an object in braces");
        }

        void Check(bool isRight, string path, string problem)
        {
            if (!isRight) throw new DigitMLException($"{file}:{JsonLine.Of(path, json)}: {path} {problem}.");
        }
    }

    private const string Prefix = "DigitML.Data.Recipes.";

    private static IEnumerable<string> ResourceNames() => typeof(RecipeCatalog).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..]);
}
