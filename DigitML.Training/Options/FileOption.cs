using System.CommandLine;

namespace DigitML.Training.Options;

/// <summary>Options that name files, and the switches that several commands share.</summary>
internal static class FileOption
{
    /// <summary>A file or folder that must be named.</summary>
    internal static Option<string> Required(string name, string helpName, string description) => Create(name, helpName, description, required: true)!;

    /// <summary>A file or folder that may be named.</summary>
    internal static Option<string?> Optional(string name, string helpName, string description) => Create(name, helpName, description, required: false);

    /// <summary><c>--data</c> of commands that train from scratch.</summary>
    internal static Option<string?> TrainingData() => Optional(
        "--data", "FILE|DIR", "Labelled rows: CSV (label,pixel0,...), IDX or numpy images with their labels beside them, also gzipped or in an archive; or a folder of pictures in folders named after their labels. [default: data/mnist-train.csv.gz]");

    /// <summary><c>--json</c>.</summary>
    internal static Option<bool> Json() => new("--json") { Description = "Print the result as JSON." };

    private static Option<string?> Create(string name, string helpName, string description, bool required)
    {
        var option = new Option<string?>(name) { HelpName = helpName, Description = description, Required = required };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }]) result.AddError($"{name} is empty; {RuleOf(helpName)}.");
        });
        return option;
    }

    private static string RuleOf(string helpName) => helpName switch
    {
        "DIR" => "it must name a folder",
        "FILE|DIR" => "it must name a file or a folder",
        "NAME|FILE" => "it must name a recipe or a file",
        "NAME" => "it must be a name",
        "URL" => "it must be a URL",
        _ => "it must name a file",
    };
}
