using System.CommandLine;
using DigitML.Data;
using DigitML.Data.Layouts;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Devices;
using DigitML.Engine.Files;
using DigitML.Experiments.Devices;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;
using DigitML.Experiments.Search;
using DigitML.Model.Files;
using DigitML.Training.Options;
using DigitML.Training.Terminals;
using Spectre.Console;

namespace DigitML.Training.Commands;

/// <summary><c>digitml build</c>: finds a recipe for a data file within a time budget, and trains it.</summary>
internal static class BuildCommand
{
    private const int MostShown = 10, WideTerminal = 140;

    internal static Command Create(Terminal terminal, OpenDevice openDevice)
    {
        Option<TimeSpan> time = TimeOption();
        Option<string?> data = FileOption.TrainingData();
        Option<string?> testData = FileOption.Optional("--test-data", "FILE|DIR", "Labelled rows to test on, once, at the end; nothing is chosen on them.");
        Option<double?> fraction = NumberOption.Share("--validation-fraction", "Fraction of the rows to hold out; they decide which recipe is best. [default: a tenth, at most 5,000 rows]");
        Option<ulong?> seed = NumberOption.Seed("--seed", "Random seed. How many recipes are tried also depends on the machine.");
        var folder = new RunFolderOptions("run", "time and build");
        Option<string?> config = FileOption.Optional("--config", "FILE", $"Where to write the recipe that was found, for train --config. [default: {Scenario.DefaultFile} in the run's folder]");
        var layout = new LayoutOptions();
        var device = new DeviceOptions();
        var charts = new ChartOptions();
        Option<bool> json = FileOption.Json();
        var command = new Command("build", "Finds a recipe for a data file within a time budget, trains it, and writes a run folder.") { time, data, testData, fraction, seed };
        layout.AddTo(command);
        folder.AddTo(command);
        command.Add(config);
        device.AddTo(command);
        charts.AddTo(command);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var budget = new TimeBudget(parsed.GetValue(time), TimeProvider.System);
            ulong chosenSeed = parsed.GetValue(seed) ?? 1;
            var request = new TrainingRequest
            {
                Data = parsed.GetValue(data),
                TestData = parsed.GetValue(testData),
                Layout = layout.Read(parsed),
                ValidationFraction = parsed.GetValue(fraction),
                Out = folder.PathOf(parsed, "build"),
                Device = device.Read(parsed),
                Command = CommandLineText.Of([.. parsed.Tokens.Select(token => token.Value)]),
            };
            (string trainFile, string? testFile) = DefaultData.Or(request.Data, request.TestData);
            RunFolder run = RunFolder.At(request.Out!);
            string scenarioFile = parsed.GetValue(config) ?? Path.Combine(run.Path, Scenario.DefaultFile);
            string[] inputs = [.. DigitFiles.PathsOf(trainFile), .. testFile is null ? [] : DigitFiles.PathsOf(testFile)];
            run.RefuseInputs(inputs);
            (RunOutcome outcome, IReadOnlyList<Candidate> candidates) = folder.Fill(parsed, terminal, inputs, () =>
            {
                CheckFiles(run, scenarioFile, inputs);
                charts.Check(parsed, Plots.Names);
                ModelSearch search = Search(request with { Data = trainFile, TestData = testFile }, chosenSeed, budget, Stopped);
                Recipe recipe = WriteFound(search);
                return (new TrainingRun(terminal.Environment(openDevice)).Start(request with { CustomRecipe = recipe }), search.Leaderboard);
            });
            charts.Show(parsed, outcome.Report, terminal, parsed.GetValue(json));
            if (parsed.GetValue(json))
            {
                OutcomeText.Write(terminal, outcome, json: true);
                return;
            }

            terminal.Output.WriteLine();
            terminal.Output.Write(Leaderboard.Table.Text([.. candidates.Take(MostShown)], terminal.Width));
            OutcomeText.Write(terminal, outcome, json: false);
            terminal.Output.WriteLine($"  {CommandLineText.Of("train", "--config", scenarioFile)}");

            void Stopped(ModelSearch search)
            {
                WriteFound(search);
                throw new SearchStoppedException(search.Leaderboard.Count, CommandLineText.Of("train", "--config", scenarioFile));
            }

            Recipe WriteFound(ModelSearch search)
            {
                Recipe recipe = search.Best();
                Leaderboard.Write(search.Leaderboard, run.Path);
                var info = new SearchInfo(parsed.GetResult(time)!.Tokens[0].Value, chosenSeed, search.Leaderboard.Count);
                new Scenario(trainFile, recipe, testFile, request.ValidationFraction, info, request.Layout == FileLayout.Found ? null : request.Layout).Write(scenarioFile);
                return recipe;
            }
        });
        return command.WithExamples("""
            digitml build --time-budget 10m                                       the best recipe for the MNIST files in data
            digitml build --time-budget 2m --data train.csv --test-data test.csv
            digitml train --config runs/NAME/digitml.json                         trains the recipe that build found

            Recipes are tried on a few rows first, the better ones then on more; most of the time goes into training the winner. Held-out rows
            decide which recipe is best; nothing is chosen on the test rows. The run folder has the leaderboard (leaderboard.md, leaderboard.json) and
            the recipe (digitml.json). Ctrl+C ends the search and keeps the best recipe so far.
            """);

        ModelSearch Search(TrainingRequest request, ulong chosenSeed, TimeBudget budget, Action<ModelSearch> stopped)
        {
            string trainFile = request.Data!;
            RunInputs inputs = RunInputs.Load(trainFile, request.TestData, baseModelPath: null, request.Layout, chosenSeed, request.ValidationFraction);
            new SearchSpace(inputs.Training.Height, inputs.Training.Width, inputs.Labels.Count, chosenSeed).Check(trainFile);
            if (inputs.Validation is null) throw RunInputs.EveryClassHasOneRow(inputs.Training) ? RunInputs.NoneCanBeHeldOut(trainFile) : new DigitMLException($"{trainFile}: no rows are held out, so recipes cannot be compared; set --validation-fraction above 0.");
            terminal.Error.WriteLine($"Searching for {budget.Total.TotalSeconds:0} s on {inputs.Training.Count:N0} rows of {CommandLineText.Relative(trainFile)}; {inputs.Validation.Count:N0} held-out rows decide which recipe is best.");
            var training = new ShortTraining(() => openDevice(request.Device), inputs, terminal.Cancellation);
            ModelSearch Create(Action<Candidate> tried) => new(training.Run, inputs, chosenSeed, budget, tried);
            return terminal.IsInteractive ? SearchLive(Create, budget, stopped) : Searched(Create(candidate => terminal.Error.WriteLine(Leaderboard.Line(candidate, budget.Left))), stopped);
        }

        ModelSearch SearchLive(Func<Action<Candidate>, ModelSearch> create, TimeBudget budget, Action<ModelSearch> stopped)
        {
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
            return console.Live(new Text("")).Start(live =>
            {
                ModelSearch? search = null;
                search = create(_ => live.UpdateTarget(LeaderboardTable(search!.Leaderboard, budget, console.Profile.Width)));
                return Searched(search, stopped);
            });
        }
    }

    private static ModelSearch Searched(ModelSearch search, Action<ModelSearch> stopped)
    {
        try
        {
            search.Run();
        }
        catch (OperationCanceledException) when (search.Leaderboard.Count > 0)
        {
            stopped(search);
        }

        return search;
    }

    private static void CheckFiles(RunFolder run, string scenarioFile, string[] inputs)
    {
        string[] results = Leaderboard.FilesIn(run.Path);
        run.CheckNew([.. results, Path.Combine(run.Path, Scenario.DefaultFile)]);
        RunFolder.CheckOutput("--config", scenarioFile, inputs);
        bool isOfRun = run.Owns(scenarioFile) || results.Select(FinalPath.Of).Contains(FinalPath.Of(scenarioFile));
        if (isOfRun) throw new DigitMLException($"{scenarioFile} is a file of the run; choose another --config.");
        if (File.Exists(scenarioFile)) throw new DigitMLException($"{scenarioFile} is there already and would be overwritten; choose another --config.");
    }

    // Descriptions are for wide terminals; elsewhere numbers would not fit beside them.
    private static Table LeaderboardTable(IReadOnlyList<Candidate> candidates, TimeBudget budget, int width)
    {
        Candidate[] rows = [.. candidates.Take(MostShown)];
        Table table = new Table().Border(TableBorder.Simple).Title($"{DisplayText.Count(candidates.Count, "recipe")} tried, {Math.Max(budget.Left, 0):0} s left");
        var columns = Leaderboard.Table.ColumnsOf(rows).Zip(Leaderboard.Table.Cells(rows)).Where(column => width >= WideTerminal || column.First != Leaderboard.Description).ToArray();
        foreach (var (column, _) in columns) table.AddColumn(new TableColumn(column.Title) { Alignment = column.IsText ? Justify.Left : Justify.Right });
        for (int row = 0; row < rows.Length; row++) table.AddRow([.. columns.Select(column => new Text(column.Second[row].Text))]);
        return table;
    }

    private static Option<TimeSpan> TimeOption()
    {
        const string name = "--time-budget";
        return new Option<TimeSpan>(name)
        {
            HelpName = "TIME",
            Description = "Total time allowed, such as 90s, 10m or 1h30m.",
            Required = true,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (TimeBudget.Parse(text) is { } time) return time;
                result.AddError($"{name} is \"{text}\"; it must be a time such as 90s, 10m or 1h30m.");
                return default;
            },
        };
    }
}
