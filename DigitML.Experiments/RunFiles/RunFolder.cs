using System.Globalization;
using DigitML.Data;
using DigitML.Engine.Files;
using DigitML.Engine;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.Evaluation;
using DigitML.Model;

namespace DigitML.Experiments.RunFiles;

/// <summary>The folder of one run and the files in it.</summary>
internal sealed class RunFolder
{
    /// <summary>Default parent folder of runs.</summary>
    internal const string DefaultParent = "runs";

    private RunFolder(string path) => Path = path;

    /// <summary>The folder, as the user would type it.</summary>
    internal string Path { get; }

    internal string Plan => In("plan.json");

    internal string History => In("history.csv");

    internal string Metrics => In("metrics.json");

    internal string Predictions => In("predictions.csv");

    internal string Recipe => In("recipe.json");

    internal string Model => In("model.onnx");

    /// <summary>The model of one of ML.NET's trainers.</summary>
    internal string PipelineModel => In("model.zip");

    internal string Report => In("report.html");

    /// <summary>Exists until the run is finished.</summary>
    internal string Checkpoint => In("checkpoint");

    /// <summary>All files that a run may write.</summary>
    internal string[] Files => [Plan, Recipe, History, Metrics, Predictions, Model, PipelineModel, Report, Checkpoint];

    /// <summary>The files of a run named by a path: its folder or the metrics file in it.</summary>
    internal static IEnumerable<string> FilesOf(string path)
    {
        RunFolder run = Directory.Exists(path) ? At(path) : Around(path);
        return [path, run.Plan, run.History, run.Metrics, run.Predictions, run.Model, run.Report];
    }

    /// <summary>Refuses, before the work, a file to write that is read, that belongs to a run, or that cannot be written.</summary>
    /// <param name="option">The option that names it: "--out".</param>
    /// <param name="output">The file to write.</param>
    /// <param name="inputs">The files that are read; null for none.</param>
    /// <exception cref="DigitMLException">It is such a file.</exception>
    internal static void CheckOutput(string option, string output, params IEnumerable<string?> inputs)
    {
        OutputFile.RefuseInput(option, output, inputs);
        AtomicFile.Check(output);
        RunFolder around = Around(FinalPath.Of(output));
        if (around.HoldsRun && around.Owns(output)) throw new DigitMLException($"{output} belongs to the run in its folder and would be overwritten; choose another {option}.");
    }

    /// <summary>Refuses to start a run where one is, where its files would overwrite others, or where nothing can be written.</summary>
    /// <param name="more">Files that will be written besides the run's.</param>
    /// <exception cref="DigitMLException">It is such a folder.</exception>
    internal void CheckNew(params IEnumerable<string> more)
    {
        if (HoldsRun)
        {
            bool canBeResumed = IsBegun && !IsFinished && File.Exists(Recipe);
            throw new DigitMLException(canBeResumed
                ? $"{Path} already holds a run; choose another --name or --out, add --overwrite, or resume it: {CommandLineText.Of("train", "--resume", Path)}"
                : $"{Path} already holds {(IsFinished || !IsBegun ? "a finished run" : "a run that cannot be resumed")}; choose another --name or --out, or add --overwrite to replace it.");
        }

        CheckFree([.. Files, .. more]);
    }

    /// <summary>Refuses to overwrite files, which may be the user's own, or to use a folder in which nothing can be written.</summary>
    /// <param name="files">The files to write.</param>
    /// <param name="options">The options that name the folder.</param>
    /// <exception cref="DigitMLException">One of the files is there, or cannot be written.</exception>
    internal void CheckFree(IEnumerable<string> files, string options = "--name or --out")
    {
        if (files.FirstOrDefault(System.IO.Path.Exists) is { } taken) throw new DigitMLException($"{Path} already holds {System.IO.Path.GetFileName(taken)}; choose another {options}.");
        AtomicFile.Check(Plan);
    }

    /// <summary>Refuses to overwrite input files. (A folder with a plan or a model is refused in any case.)</summary>
    /// <param name="inputs">The input files; null for none.</param>
    /// <exception cref="DigitMLException">One of the files to write is an input file.</exception>
    internal void RefuseInputs(IEnumerable<string?> inputs)
    {
        string?[] all = [.. inputs];
        foreach (string file in new[] { Recipe, History, Metrics, Predictions, Report }) OutputFile.RefuseInput("--out", file, all);
    }

    /// <summary>The folder's own name.</summary>
    internal string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(Path)));

    /// <summary>True if a run was started in it.</summary>
    internal bool IsBegun => File.Exists(Plan);

    /// <summary>True if a run was started in it, or one of several networks is finished in it.</summary>
    internal bool HoldsRun => IsBegun || (File.Exists(Recipe) && File.Exists(Model));

    /// <summary>True if a path is that of a file of the run.</summary>
    internal bool Owns(string path) => Files.Select(FinalPath.Of).Contains(FinalPath.Of(path));

    /// <summary>True if the run in it is finished.</summary>
    internal bool IsFinished => IsBegun && !File.Exists(Checkpoint) && (File.Exists(Model) || File.Exists(PipelineModel));

    /// <summary>A folder as it is, with a run in it or not.</summary>
    internal static RunFolder At(string path) => new(path);

    /// <summary>The folder of a model file, with a run in it or not.</summary>
    internal static RunFolder Around(string modelFile) => new(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(modelFile))!);

    /// <summary>The folder of a run or a sweep.</summary>
    /// <param name="folder">The folder the user named; null for one under runs/.</param>
    /// <param name="name">Its name; null for the time and <paramref name="defaultName"/>.</param>
    /// <param name="defaultName">The default name: the recipe's name.</param>
    /// <param name="now">The time.</param>
    /// <param name="parent">Where unnamed folders go.</param>
    internal static string PathOf(string? folder, string? name, string defaultName, DateTime now, string parent = DefaultParent) =>
        folder ?? (name is not null ? System.IO.Path.Combine(parent, name) : Unused(parent, defaultName, now));

    /// <summary>Creates the folder of a new run.</summary>
    /// <param name="folder">The folder the user named; null for one under runs/.</param>
    /// <param name="name">The run's name; null for the time and the recipe's name.</param>
    /// <param name="recipeName">Name of the recipe.</param>
    /// <param name="now">The time.</param>
    /// <param name="parent">Where unnamed folders go.</param>
    /// <exception cref="DigitMLException">It already holds a run or files with the names of a run's, or cannot be written.</exception>
    internal static RunFolder Create(string? folder, string? name, string recipeName, DateTime now, string parent = DefaultParent)
    {
        var run = new RunFolder(PathOf(folder, name, recipeName, now, parent));
        run.CheckNew();
        Directory.CreateDirectory(run.Path);
        return run;
    }

    /// <summary>Opens the folder of an unfinished run.</summary>
    /// <exception cref="DigitMLException">It holds no run, or a finished one.</exception>
    internal static RunFolder OpenUnfinished(string path)
    {
        var run = new RunFolder(path);
        if (!run.IsBegun) throw new DigitMLException($"{path} holds no run: it has no plan.json; name the folder of a run that was stopped.");
        if (run.IsFinished)
        {
            throw new DigitMLException($"{path} is finished: its model is {ModelIn(path)}; there is nothing to resume.");
        }

        return run;
    }

    /// <summary>The model file that a path names; for a run folder, the model in it.</summary>
    /// <exception cref="DigitMLException">It is a folder without a model.</exception>
    internal static string ModelIn(string path)
    {
        if (!Directory.Exists(path)) return path;
        var run = new RunFolder(path);
        return File.Exists(run.Model) ? run.Model : File.Exists(run.PipelineModel) ? run.PipelineModel
            : throw new DigitMLException($"{path} holds no model.onnx and no model.zip; name a model file or the folder of a finished run.");
    }

    /// <summary>Does a run's work. If it fails before the first checkpoint, the run's files are deleted; a run with a checkpoint is kept, to be resumed.</summary>
    internal T WriteOrDelete<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is not OperationCanceledException && !File.Exists(Checkpoint))
        {
            Delete();
            throw;
        }
    }

    /// <summary>Deletes the files of the run, and the folder if it holds nothing else.</summary>
    internal void Delete()
    {
        foreach (string file in Files) File.Delete(file);
        if (!Directory.EnumerateFileSystemEntries(Path).Any()) Directory.Delete(Path);
    }

    /// <summary>Writes the metrics, the predictions and the model, with the metrics in it.</summary>
    /// <returns>The model as it was written.</returns>
    /// <exception cref="DigitMLException">A file cannot be written.</exception>
    internal DigitModel WriteResults(DigitModel model, EvaluationResult? evaluation)
    {
        if (evaluation is not null)
        {
            MetricsFile metrics = WriteResults(evaluation);
            model = new DigitModel(model.Members, model.Labels, model.TestTimeShift, model.Metadata with { MetricsJson = metrics.ToJson() });
        }

        model.Save(Model);
        return model;
    }

    /// <summary>Writes the metrics and the predictions.</summary>
    /// <returns>The metrics as they were written.</returns>
    /// <exception cref="DigitMLException">A file cannot be written.</exception>
    internal MetricsFile WriteResults(EvaluationResult evaluation)
    {
        MetricsFile metrics = MetricsFile.Of(evaluation);
        metrics.Write(Metrics);
        PredictionsFile.Write(evaluation, Predictions);
        return metrics;
    }

    private string In(string file) => System.IO.Path.Combine(Path, file);

    private static string Unused(string parent, string recipeName, DateTime now)
    {
        string recipe = string.Join('-', recipeName.Split([.. System.IO.Path.GetInvalidFileNameChars(), '/', '\\']));
        string path = System.IO.Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss}-{recipe}"));
        string candidate = path;
        for (int i = 2; Directory.Exists(candidate); i++) candidate = $"{path}-{i}";
        return candidate;
    }
}
