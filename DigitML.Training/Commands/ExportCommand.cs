using System.CommandLine;
using DigitML.Data;
using DigitML.Data.Layouts;
using DigitML.Data.Predictions;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;
using DigitML.Export;
using DigitML.Model;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml export</c>: a project that holds a model and builds on its own.</summary>
internal static class ExportCommand
{
    internal static Command Create(Terminal terminal)
    {
        Option<string> model = FileOption.Required("--model", "FILE|DIR", "The model: a file, or the folder of a run.");
        Option<string> folder = FileOption.Required("--out", "DIR", "Where to write the project: an empty folder, or one that does not exist yet.");
        Option<string> template = ChoiceOption.Create("--template", "The kind of project.", [.. Enum.GetNames<ProjectTemplate>().Select(kind => kind.ToLowerInvariant())]);
        Option<string?> name = NameOption();
        Option<string?> data = FileOption.Optional("--data", "FILE|DIR", "Labelled rows: one per class goes into sample.csv, and digitml.json trains on all of them. [default: those of the run, or MNIST's]");
        var layoutOptions = new LayoutOptions();
        Option<bool> json = FileOption.Json();
        var command = new Command("export", "Writes a project that holds a model and a typed prediction engine, and builds on its own.") { model, folder, template, name, data, json };
        layoutOptions.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = RunFolder.ModelIn(parsed.GetRequiredValue(model)), to = parsed.GetRequiredValue(folder);
            DigitModel loaded = DigitModel.Load(path);
            (string? rows, FileLayout layout) = parsed.GetValue(data) is { } named ? (named, layoutOptions.Read(parsed)) : DataOf(path);
            var kind = Enum.Parse<ProjectTemplate>(parsed.GetRequiredValue(template), ignoreCase: true);
            var project = new ExportedProject(parsed.GetValue(name) ?? ProjectName.Of(to), kind, loaded)
            {
                DataPath = rows is null ? null : Path.GetFullPath(rows),
                Samples = kind == ProjectTemplate.Console || parsed.GetValue(data) is not null ? Samples(terminal, rows, layout, path, loaded) : null,
            };
            terminal.Cancellation.ThrowIfCancellationRequested();
            project.Write(to);
            if (parsed.GetValue(json)) terminal.WriteJson(new WrittenProject(Path.Combine(to, $"{project.Name}.csproj"), project.Name, kind.ToString().ToLowerInvariant()));
            else Print(project, to, terminal.Output);
        });
        return command.WithExamples("""
            digitml export --model runs/first --out DigitReader --template console
            digitml export --model best.onnx --out reader --name Digits --template webapi

            The project needs the .NET 10 SDK and nothing else: packages, model and nuget.config are in its folder. Its class has the members that
            ML.NET's Model Builder generates (Predict, PredictAllLabels, GetSortedScoresWithLabels, Train), but here any number of threads may call them at once.
            """);
    }

    private static Option<string?> NameOption()
    {
        Option<string?> name = FileOption.Optional("--name", "NAME", "Name of the project and its class. [default: derived from the folder's name]");
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { Length: > 0 } text }] && ProjectName.Problem(text) is { } rule) result.AddError($"--name is \"{text}\"; {rule}.");
        });
        return name;
    }

    // The data file of a run, or MNIST's; null if it no longer exists.
    private static (string? Data, FileLayout Layout) DataOf(string model)
    {
        RunFolder run = RunFolder.Around(model);
        RunPlan? plan = run.IsBegun ? RunPlan.Read(run.Plan) : null;
        string? data = plan is null ? DefaultData.TrainPathOrNull(Directory.GetCurrentDirectory()) : plan.Data.Path;
        return (data is not null && Path.Exists(DigitFiles.ContainerOf(data)) ? data : null, plan?.Layout ?? FileLayout.Found);
    }

    private static DigitDataset Samples(Terminal terminal, string? data, FileLayout layout, string model, DigitModel loaded)
    {
        if (data is null) throw new DigitMLException($"{model} does not say what it was trained on, and a console project includes sample rows; name a file with --data.");
        DigitFile read = DigitFiles.Load(data, new DigitFileOptions { Layout = layout, RequireLabels = true, LabelMap = loaded.Labels, TrainingRange = TrainingRange.Of(loaded), ImageHeight = loaded.InputShape.Height, ImageWidth = loaded.InputShape.Width });
        terminal.TellReading(data, read);
        DigitDataset rows = read.Dataset;
        return rows.Subset("sample", DatasetSample.OfEveryClass(rows, 1));
    }

    private static void Print(ExportedProject project, string folder, TextWriter output)
    {
        output.WriteLine($"{Path.Combine(folder, project.Name)}.csproj");
        output.WriteLine();
        output.WriteLine("Next:");
        output.WriteLine($"  dotnet {(project.Template == ProjectTemplate.Library ? "build" : "run --project")} {CommandLineText.Quoted(folder)}");
    }

    private sealed record WrittenProject(string Project, string Name, string Template);
}
