using System.CommandLine;
using System.CommandLine.Parsing;
using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;
using DigitML.Training.Terminals;

namespace DigitML.Training.Options;

/// <summary>The options that <c>train</c>, <c>retrain</c> and <c>sweep</c> share.</summary>
internal sealed class TrainingOptions
{
    private readonly Option<string?> testData = FileOption.Optional(
        "--test-data", "FILE|DIR", "Labelled rows to test on, once, at the end; nothing is chosen on them. Without them, metrics are computed on the validation rows. [default: data/mnist-test.csv.gz if --data is not given]");

    private readonly Option<string?> recipe;
    private readonly Option<int?> epochs = NumberOption.Whole("--epochs", "Passes over the training rows, instead of the recipe's.", min: 1);
    private readonly Option<int?> batchSize = NumberOption.Whole("--batch-size", "Rows per minibatch, instead of the recipe's.", min: 1);
    private readonly Option<float?> learningRate = NumberOption.Positive("--learning-rate", "The learning rate (its peak, if it varies), instead of the recipe's.");
    private readonly Option<ulong?> seed = NumberOption.Seed("--seed", "Random seed: the same seed gives the same model, byte for byte. [default: the recipe's, usually 1]");
    private readonly Option<double?> validationFraction = NumberOption.Share(
        "--validation-fraction", "Fraction of the rows to hold out for validation. [default: a tenth, at most 5,000 rows]");

    private readonly Option<RecipeSetting[]> settings;
    private readonly Option<string> numericMode = NumericModeOption.Create();
    private readonly RunFolderOptions folder;
    private readonly Option<bool> json = FileOption.Json();

    private readonly bool isSweep;

    /// <param name="recipeDescription">Description of --recipe.</param>
    /// <param name="isSweep">True for a sweep, which sets epochs and batch size itself.</param>
    internal TrainingOptions(string recipeDescription, bool isSweep = false)
    {
        this.isSweep = isSweep;
        settings = isSweep
            ? SettingsOption("PATH=VALUE,...", "Try these values of a recipe setting, such as training.batchSize=32,64,128; several --set options make a grid.", RecipeSetting.ParseSeveral)
            : SettingsOption("PATH=VALUE", "Set a value of the recipe, such as training.optimizer.weightDecay=0.001. May be given several times.",
                text => RecipeSetting.Parse(text) is { } setting ? [setting] : []);
        recipe = FileOption.Optional("--recipe", "NAME|FILE", recipeDescription);
        folder = new RunFolderOptions(isSweep ? "sweep" : "run", "time and recipe");
    }

    private readonly LayoutOptions layout = new();

    internal DeviceOptions Device { get; } = new();

    internal void AddTo(Command command)
    {
        foreach (Option option in OfPlan) command.Add(option);
        layout.AddTo(command);
        command.Validators.Add(result =>
        {
            if (SettingConflict.Describe(result, settings) is string conflict) result.AddError(conflict);
        });
        folder.AddTo(command);
        Device.AddTo(command);
        command.Add(json);
    }

    /// <summary>Does work that running the command again resumes. If the user stops it, the suggested command names the folder, which may have the time in its name.</summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <param name="path">The folder.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="RunStoppedException">The user stopped it.</exception>
    internal T ResumingWhenRunAgain<T>(ParseResult parsed, string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (RunStoppedException e)
        {
            throw e.GoingOnBy(Again());
        }
        catch (OperationCanceledException) when (Directory.Exists(path))
        {
            throw new RunStoppedException("between two runs", Again());
        }

        string Again() => CommandLineText.Of([.. parsed.Tokens.Select(token => token.Value).Where(word => word != "--overwrite"), .. folder.IsNamed(parsed) ? (string[])[] : ["--out", path]]);
    }

    /// <summary>The first given option of those that determine a run's plan, so that --resume can refuse it.</summary>
    internal string? FirstGiven(CommandResult result) => OfPlan.Concat(layout.All).Concat(folder.All).FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>--test-data or --recipe if it was given, so that --config can refuse it.</summary>
    internal string? FirstGivenOfDataAndRecipe(CommandResult result) =>
        new Option[] { testData, recipe }.FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>The first given option of those that change a recipe, so that --trainer can refuse it; without epochs, batch size and rate if the trainer has those.</summary>
    internal string? FirstGivenOfRecipe(CommandResult result, bool exceptTraining)
    {
        Option[] training = exceptTraining ? [] : [epochs, batchSize, learningRate];
        return new Option[] { recipe, settings, numericMode }.Concat(training).FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name;
    }

    /// <summary>Does the work that fills the run's folder; with --overwrite, an earlier run makes way for it.</summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <param name="terminal">Told where the earlier run is, if the work leaves the new one unfinished.</param>
    /// <param name="request">The training, whose files are read.</param>
    /// <param name="work">The work.</param>
    internal T Fill<T>(ParseResult parsed, Terminal terminal, TrainingRequest request, Func<T> work) =>
        folder.Fill(parsed, terminal, [.. new[] { request.Data, request.TestData }.OfType<string>().SelectMany(DigitFiles.PathsOf), parsed.GetValue(recipe), request.BaseModel], work);

    internal bool WantsJson(ParseResult parsed) => parsed.GetValue(json);

    /// <summary>The training that was asked for.</summary>
    /// <exception cref="DigitMLException">A file of the run would overwrite one of its input files.</exception>
    internal TrainingRequest Read(ParseResult parsed, string? data, string? baseModel)
    {
        if (folder.IsNamed(parsed))
        {
            IEnumerable<string> rows = new[] { data, parsed.GetValue(testData) }.OfType<string>().SelectMany(DigitFiles.PathsOf);
            RunFolder.At(folder.PathOf(parsed, "")).RefuseInputs([.. rows, parsed.GetValue(recipe), baseModel]);
        }

        return new TrainingRequest
        {
            Data = data,
            TestData = parsed.GetValue(testData),
            Layout = layout.Read(parsed),
            Recipe = parsed.GetValue(recipe),
            Overrides = new RecipeOverrides(
                parsed.GetValue(epochs), parsed.GetValue(batchSize), parsed.GetValue(learningRate), parsed.GetValue(seed), Settings: isSweep ? null : Settings(parsed)),
            ValidationFraction = parsed.GetValue(validationFraction),
            Name = folder.Name(parsed),
            Out = folder.Folder(parsed),
            BaseModel = baseModel,
            Command = CommandLineText.Of([.. parsed.Tokens.Select(token => token.Value)]),
            Device = Device.Read(parsed) with { Mode = NumericModeOption.Read(parsed, numericMode) },
        };
    }

    /// <summary>True if --set was given.</summary>
    internal bool HasSettings(CommandResult result) => result.GetResult(settings) is { Implicit: false };

    /// <summary>The values of --set; null if it was not given. In a sweep, each path has several values.</summary>
    internal RecipeSetting[]? Settings(ParseResult parsed) => parsed.GetValue(settings) is { Length: > 0 } given ? given : null;

    private static Option<RecipeSetting[]> SettingsOption(string helpName, string description, Func<string, RecipeSetting[]> parse)
    {
        const string name = "--set";
        return new Option<RecipeSetting[]>(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result =>
            {
                var all = new List<RecipeSetting>();
                foreach (string text in result.Tokens.Select(token => token.Value))
                {
                    RecipeSetting[] read = parse(text);
                    if (read.Length == 0 || read.Any(setting => setting.Value.Length == 0)) result.AddError($"{name} is \"{text}\"; {RecipeSetting.Rule}.");
                    all.AddRange(read);
                }

                return [.. all];
            },
        };
    }

    private Option[] OfPlan => [testData, recipe, .. isSweep ? (Option[])[] : [epochs, batchSize], learningRate, settings, seed, validationFraction, numericMode];
}
