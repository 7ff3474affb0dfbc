using System.CommandLine;
using System.CommandLine.Parsing;
using DigitML.Data.Recipes;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Ensembles;
using DigitML.Experiments.Pipelines;
using DigitML.Experiments.Reports;
using DigitML.Experiments.Runs;
using DigitML.MLNet;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml train</c>: trains a recogniser and writes a run folder, or resumes a run that was stopped.</summary>
internal sealed class TrainCommand
{
    private readonly Terminal terminal;
    private readonly OpenDevice openDevice;

    private readonly Option<string?> data = FileOption.TrainingData();
    private readonly TrainingOptions options = new($"The recipe to train, by name or file; digitml recipes lists them. [default: {RecipeCatalog.DefaultName}]");
    private readonly Option<string?> resume = FileOption.Optional("--resume", "DIR", "Resume the run in this folder; the final model is the same as that of an uninterrupted run.");
    private readonly Option<int?> networks = NumberOption.Whole("--networks", "Networks to train; the model averages their scores. [default: the recipe's, usually 1]", min: 1);
    private readonly Option<int?> shift = NumberOption.Whole(
        "--test-time-shifts", "The model also scores each image moved by this many pixels up, down, left and right, and averages the five scores. [default: the recipe's, usually 0]", min: 0);
    private readonly Option<string?> config = FileOption.Optional("--config", "FILE", "Train the recipe in a digitml.json file, which digitml build writes and which names the data too.");
    private readonly Option<string> trainer = ChoiceOption.Create(
        "--trainer", $"The trainer: {DigitTrainers.DigitCnnName} trains a recipe, the others are ML.NET's, for comparison. {PipelineTrainers.ImageClassification} needs a build with -p:TensorFlow=true.", [DigitTrainers.DigitCnnName, .. PipelineTrainers.Names]);
    private readonly Option<string?> architecture = new("--arch")
    {
        HelpName = "NAME",
        Description = $"The pretrained network for --trainer {PipelineTrainers.ImageClassification}, which trains a layer on its output: {string.Join(", ", PipelineTrainers.Architectures)}. [default: {PipelineTrainers.Architectures[0]}]",
    };
    private readonly ChartOptions charts = new();

    private TrainCommand(Terminal terminal, OpenDevice openDevice)
    {
        this.terminal = terminal;
        this.openDevice = openDevice;
        architecture.AcceptOnlyFromAmong([.. PipelineTrainers.Architectures]);
    }

    internal static Command Create(Terminal terminal, OpenDevice openDevice) => new TrainCommand(terminal, openDevice).Create();

    private Command Create()
    {
        var command = new Command("train", "Trains a recogniser, tests it, and writes a run folder with its model.") { data };
        options.AddTo(command);
        command.Add(config);
        command.Add(networks);
        command.Add(shift);
        charts.AddTo(command);
        command.Add(trainer);
        command.Add(architecture);
        command.Add(resume);
        command.Validators.Add(CheckTrainer);
        command.Validators.Add(CheckResume);
        command.Validators.Add(CheckConfig);
        command.SetAction(Run);
        return command.WithExamples("""
            digitml train                                              the default recipe on the MNIST files in data
            digitml train --recipe keras-cnn --epochs 10 --name long
            digitml train --data train.csv --test-data test.csv        your own rows; any square size, any labels
            digitml train --recipe mine.json --seed 7 --threads 4
            digitml train --recipe keras-cnn --numeric-mode exact      convolutions computed exactly as the formula says; several times slower
            digitml train --charts --plots plots                       curves in the terminal and as SVG files
            digitml train --config digitml.json                        the recipe that digitml build found
            digitml train --resume runs/long                           after Ctrl+C or a power cut
            digitml train --networks 5 --test-time-shifts 1            five networks, one model that averages their scores
            digitml train --trainer lbfgs                              one of ML.NET's trainers
            digitml train --trainer imageclassification --arch mobilenet_v2 --epochs 50

            To resume a run of several networks, run it again with the same --name or --out.
            """);
    }

    private void Run(ParseResult parsed)
    {
        charts.Check(parsed, Plots.Names);
        RunOutcome outcome = Train(parsed);
        charts.Show(parsed, outcome.Report, terminal, options.WantsJson(parsed));
        OutcomeText.Write(terminal, outcome, options.WantsJson(parsed));
    }

    private RunOutcome Train(ParseResult parsed)
    {
        RunEnvironment environment = terminal.Environment(openDevice);
        if (parsed.GetValue(resume) is string folder) return new TrainingRun(environment).Resume(folder, options.Device.Read(parsed));

        TrainingRequest request = options.Read(parsed, parsed.GetValue(data), baseModel: null);
        if (parsed.GetValue(config) is string file) request = With(Scenario.Read(file), request);
        return options.Fill(parsed, terminal, request, () => Train(parsed, request, environment));
    }

    private RunOutcome Train(ParseResult parsed, TrainingRequest request, RunEnvironment environment)
    {
        if (parsed.GetValue(trainer) is string name and not DigitTrainers.DigitCnnName)
        {
            return new PipelineRun(environment).Start(request with { Trainer = name }, parsed.GetValue(architecture));
        }

        request = request with { Overrides = request.Overrides with { Networks = parsed.GetValue(networks), TestTimeShift = parsed.GetValue(shift) } };
        if (request.ResolveRecipe().Networks == 1) return new TrainingRun(environment).Start(request);

        // The folder may have the time in its name, so it is determined once: for the runs and for the line that says how to resume.
        request = request with { Out = EnsembleRun.FolderOf(request) };
        return options.ResumingWhenRunAgain(parsed, request.Out, () => new EnsembleRun(environment).Run(request));
    }

    private static TrainingRequest With(Scenario scenario, TrainingRequest request) => request with
    {
        Data = scenario.Data,
        TestData = scenario.TestData,
        Layout = scenario.Layout ?? request.Layout,
        ValidationFraction = request.ValidationFraction ?? scenario.ValidationFraction,
        CustomRecipe = scenario.Recipe,
    };

    private void CheckTrainer(CommandResult result)
    {
        string? name = result.GetValue(trainer);
        bool hasEpochs = name == PipelineTrainers.ImageClassification;
        if (!hasEpochs && IsGiven(result, architecture)) result.AddError($"--arch goes with --trainer {PipelineTrainers.ImageClassification} only.");
        if (name is null or DigitTrainers.DigitCnnName) return;
        string? other = FirstGiven(result, config, networks, shift) ?? options.FirstGivenOfRecipe(result, exceptTraining: hasEpochs);
        if (other is not null) result.AddError($"--trainer {name} trains without a recipe, so {other} cannot be given with it.");
        if (options.Device.FirstGiven(result) is { } device) result.AddError($"--trainer {name} is ML.NET's, which chooses device and threads itself, so {device} cannot be given with it.");
    }

    private void CheckResume(CommandResult result)
    {
        if (result.GetValue(resume) is null) return;
        string? other = FirstGiven(result, data, config, networks, shift, trainer, architecture) ?? options.FirstGiven(result);
        if (other is not null) result.AddError($"--resume follows the plan of its run, so {other} cannot be given with it.");
    }

    private void CheckConfig(CommandResult result)
    {
        if (result.GetValue(config) is null) return;
        string? other = FirstGiven(result, data) ?? options.FirstGivenOfDataAndRecipe(result);
        if (other is not null) result.AddError($"--config names data and recipe, so {other} cannot be given with it.");
    }

    private static string? FirstGiven(CommandResult result, params Option[] options) => options.FirstOrDefault(option => IsGiven(result, option))?.Name;

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
