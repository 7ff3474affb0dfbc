using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Files;
using DigitML.Model;

namespace DigitML.Export;

/// <summary>
/// A project that holds a model and builds on its own with the .NET SDK: its code, the model, and the packages it needs in a folder of its own. Generated code has the
/// names that ML.NET's Model Builder gives.
/// </summary>
/// <param name="Name">Of the project and of its class.</param>
/// <param name="Template">What kind of project it is.</param>
/// <param name="Model">The model.</param>
/// <param name="Training">How it was trained; null where that is not known.</param>
/// <param name="DataPath">The data file that digitml.json names; null for one called train.csv.</param>
/// <param name="Samples">A few labelled rows; null for a template that needs none.</param>
internal sealed record ExportedProject(string Name, ProjectTemplate Template, DigitModel Model, TrainingCode? Training, string? DataPath, DigitDataset? Samples)
{
    /// <summary>Where the program keeps the packages that projects need.</summary>
    internal static string PackageFolder { get; } = Path.Combine(AppContext.BaseDirectory, "packages");

    /// <summary>The namespace of the code: another word than the class, which it would hide.</summary>
    private string Namespace => Name + "Model";

    /// <summary>Writes the project's folder, whole or not at all.</summary>
    /// <exception cref="DigitMLException">The folder holds something already, or cannot be written.</exception>
    internal void Write(string folder)
    {
        if (File.Exists(folder)) throw new DigitMLException($"{folder} is a file; choose another --out.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new DigitMLException($"{folder} is not empty; choose another --out.");
        string unfinished = $"{Path.TrimEndingDirectorySeparator(folder)}.{Guid.NewGuid():N}.tmp";
        try
        {
            foreach ((string file, string text) in TextFiles()) AtomicFile.WriteText(Path.Combine(unfinished, file), text);
            Model.Save(Path.Combine(unfinished, $"{Name}.onnx"));
            if (Training?.Recipe is { } recipe) new Scenario(DataPath ?? "train.csv", recipe).Write(Path.Combine(unfinished, Scenario.DefaultFile));
            if (Samples is not null) CsvDigitWriter.Write(Path.Combine(unfinished, "sample.csv"), Samples);
            foreach (string package in Packages()) AtomicFile.WriteBytes(Path.Combine(unfinished, "packages", Path.GetFileName(package)), File.ReadAllBytes(package));
            if (Directory.Exists(folder)) Directory.Delete(folder);
            Directory.Move(unfinished, folder);
        }
        catch (DigitMLException failure)
        {
            throw new DigitMLException(failure.Message.Replace(unfinished, folder, StringComparison.Ordinal), failure);
        }
        finally
        {
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        }
    }

    /// <summary>The files that are text, by name.</summary>
    internal IEnumerable<(string File, string Text)> TextFiles()
    {
        Dictionary<string, string> words = Words();
        yield return ($"{Name}.csproj", Fill("project.csproj", words));
        yield return ("nuget.config", Fill("nuget.config", words));
        yield return (".gitignore", Fill("gitignore", words));
        yield return ("README.md", Fill("README.md", words));
        yield return ($"{Name}.consumption.cs", Fill("consumption.cs", words));
        if (Training is not null) yield return ($"{Name}.training.cs", Fill("training.cs", words));
        if (Template == ProjectTemplate.WebApi) yield return ("appsettings.json", Fill("appsettings.json", words));
        if (Template != ProjectTemplate.Library) yield return ("Program.cs", Fill("Program.cs", words));
    }

    private Dictionary<string, string> Words()
    {
        var words = new Dictionary<string, string>
        {
            ["name"] = Name,
            ["namespace"] = Namespace,
            ["height"] = CSharpText.Of(Model.InputShape.Height),
            ["width"] = CSharpText.Of(Model.InputShape.Width),
            ["pixels"] = CSharpText.Of(Model.InputShape.Size),
            ["labels"] = string.Join(", ", Model.Labels.Labels.Select(CSharpText.Quoted)),
            ["modelVersion"] = VersionOf("DigitML.Model"),
            ["dataVersion"] = VersionOf("DigitML.Data"),
            ["openApiVersion"] = VersionOf("Microsoft.AspNetCore.OpenApi"),
        };
        if (Training is null) return words;
        words["training"] = "";
        if (Training.Recipe is not null) words["recipe"] = "";
        foreach ((string word, string text) in Training.Words) words[word] = text;
        return words;
    }

    // Words that a model file gives (labels, the network's name) stand in C# alone, as literals; the other files have the project's name and numbers.
    private string Fill(string template, Dictionary<string, string> words)
    {
        string text = TemplateFiles.Find($"{Template.ToString().ToLowerInvariant()}.{template}") ?? TemplateFiles.Find($"shared.{template}")!;
        return TemplateText.Fill(text, words);
    }

    private IEnumerable<string> Packages() =>
        CarriedPackages().Where(package => Template == ProjectTemplate.WebApi || !Path.GetFileName(package).Contains("OpenApi", StringComparison.OrdinalIgnoreCase));

    private static string[] CarriedPackages()
    {
        string[] all = Directory.Exists(PackageFolder) ? Directory.GetFiles(PackageFolder, "*.nupkg") : [];
        return all.Length > 0 ? all : throw new DigitMLException($"{PackageFolder} holds no packages, which an exported project needs; build DigitML.Training again.");
    }

    private static string VersionOf(string package)
    {
        string name = $"{package}.";
        string file = CarriedPackages().Select(Path.GetFileNameWithoutExtension).First(file => file!.StartsWith(name, StringComparison.OrdinalIgnoreCase))!;
        return file[name.Length..];
    }
}
