using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Files;
using DigitML.Model;

namespace DigitML.Export;

/// <summary>
/// A project that holds a model and builds on its own with the .NET SDK: its code, the model, and the packages it needs in a folder of its own. Generated code uses the
/// names that ML.NET's Model Builder uses. If the model's file records how it was trained, the project can retrain it.
/// </summary>
public sealed class ExportedProject
{
    private readonly TrainingCode? training;

    /// <summary>A project that is not written yet.</summary>
    /// <param name="name">Name of the project and of its class; <see cref="ProjectName"/> has the rules and derives one from a folder's name.</param>
    /// <param name="template">The kind of project.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public ExportedProject(string name, ProjectTemplate template, DigitModel model)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(model);
        if (!Enum.IsDefined(template)) throw new ArgumentException($"There is no template {template}.", nameof(template));
        if (ProjectName.Problem(name) is { } rule) throw new ArgumentException($"The name is \"{name}\"; {rule}.", nameof(name));
        (Name, Template, Model, training) = (name, template, model, TrainingCode.Of(model));
    }

    /// <summary>Name of the project and of its class.</summary>
    public string Name { get; }

    /// <summary>The kind of project.</summary>
    public ProjectTemplate Template { get; }

    /// <summary>The model.</summary>
    public DigitModel Model { get; }

    /// <summary>The data file that digitml.json names, with which <c>digitml train --config</c> trains the same recipe; null for the name train.csv.</summary>
    public string? DataPath { get; init; }

    /// <summary>A few labelled rows of the model's image size for sample.csv. A console app needs them; the other templates ignore them.</summary>
    public DigitDataset? Samples { get; init; }

    // The packages that projects need are beside the program: the package of this library copies them there.
    private static string PackageFolder { get; } = Path.Combine(AppContext.BaseDirectory, "packages");

    /// <summary>The namespace of the code: not the class name, as it would hide the class.</summary>
    private string Namespace => Name + "Model";

    /// <summary>Writes the project's folder, whole or not at all.</summary>
    /// <param name="folder">An empty folder, or one that does not exist yet.</param>
    /// <exception cref="InvalidOperationException">A console app has no <see cref="Samples"/>, or they have another size than the model's images.</exception>
    /// <exception cref="DigitMLException">The folder is not empty or cannot be written, or the packages are missing beside the program.</exception>
    public void Write(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (Template == ProjectTemplate.Console) CheckSamples();
        if (File.Exists(folder)) throw new DigitMLException($"{folder} is a file; choose another folder.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new DigitMLException($"{folder} is not empty; choose another folder.");
        string unfinished = $"{Path.TrimEndingDirectorySeparator(folder)}.{Guid.NewGuid():N}.tmp";
        try
        {
            foreach ((string file, string text) in TextFiles()) AtomicFile.WriteText(Path.Combine(unfinished, file), text);
            Model.Save(Path.Combine(unfinished, $"{Name}.onnx"));
            if (training?.Recipe is { } recipe) new Scenario(DataPath ?? "train.csv", recipe).Write(Path.Combine(unfinished, Scenario.DefaultFile));
            if (Template == ProjectTemplate.Console) CsvDigitWriter.Write(Path.Combine(unfinished, "sample.csv"), Samples!);
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
        if (training is not null) yield return ($"{Name}.training.cs", Fill("training.cs", words));
        if (Template == ProjectTemplate.WebApi) yield return ("appsettings.json", Fill("appsettings.json", words));
        if (Template != ProjectTemplate.Library) yield return ("Program.cs", Fill("Program.cs", words));
    }

    private void CheckSamples()
    {
        if (Samples is not { } rows) throw new InvalidOperationException("A console app includes sample rows; set Samples.");
        if ((rows.Height, rows.Width) != (Model.InputShape.Height, Model.InputShape.Width))
        {
            throw new InvalidOperationException($"The sample rows are images of {rows.Height}x{rows.Width} but the model takes {Model.InputShape.Height}x{Model.InputShape.Width}.");
        }
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
        if (training is null) return words;
        words["training"] = "";
        if (training.Recipe is not null) words["recipe"] = "";
        foreach ((string word, string text) in training.Words) words[word] = text;
        return words;
    }

    // Text from a model file (labels, the network's name) appears only in C# code, as literals; the other files contain only the project's name and numbers.
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
        return all.Length > 0 ? all : throw new DigitMLException($"{PackageFolder} holds no packages, which an exported project needs; build the program again.");
    }

    private static string VersionOf(string package)
    {
        string name = $"{package}.";
        string file = CarriedPackages().Select(Path.GetFileNameWithoutExtension).First(file => file!.StartsWith(name, StringComparison.OrdinalIgnoreCase))!;
        return file[name.Length..];
    }
}
