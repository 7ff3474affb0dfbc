using System.CommandLine;
using DigitML.Data.Recipes;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Ensembles;
using DigitML.Experiments.OtherTrainers;
using DigitML.Experiments.Runs;
using DigitML.Experiments.Search;

namespace DigitML.Training.Commands;

/// <summary><c>digitml train</c>: trains a recogniser and writes a run folder, or goes on with a run that was stopped.</summary>
internal static class TrainCommand
{
    internal static Command Create(Terminal terminal, OpenDevice openDevice)
    {
        Option<string?> data = FileOption.TrainingData();
        var options = new TrainingOptions($"What to train, by name or file; digitml recipes lists them. [default: {RecipeCatalog.DefaultName}]");
        Option<string?> resume = FileOption.Optional("--resume", "DIR", "Go on with the run in this folder; it ends in the same model as if it had not been stopped.");
        Option<int?> networks = NumberOption.Whole("--networks", "Networks to train; the model averages their scores. [default: the recipe's, mostly 1]", min: 1);
        Option<int?> shift = NumberOption.Whole(
            "--test-time-shifts", "Pixels by which the model also moves each image up, down, left and right; it averages the five scores. [default: the recipe's, mostly 0]", min: 0);
        Option<string?> config = FileOption.Optional("--config", "FILE", "Train what digitml build found: its digitml.json names data and recipe.");
        Option<string?> trainer = new("--trainer")
        {
            HelpName = "NAME",
            Description = $"Train with one of ML.NET's trainers on plain pixels in place of a recipe, to compare with: {string.Join(", ", OtherTrainerCatalog.Names)}.",
        };
        trainer.AcceptOnlyFromAmong([.. OtherTrainerCatalog.Names]);
        Option<string?> architecture = new("--arch")
        {
            HelpName = "NAME",
            Description = $"The network below the layer that --trainer {OtherTrainerCatalog.ImageClassification} trains: {string.Join(", ", OtherTrainerCatalog.Architectures)}. [default: {OtherTrainerCatalog.Architectures[0]}]",
        };
        architecture.AcceptOnlyFromAmong([.. OtherTrainerCatalog.Architectures]);
        var charts = new ChartOptions();
        var command = new Command("train", "Trains a recogniser, tests it, and writes a run folder with its model.") { data };
        options.AddTo(command);
        command.Add(config);
        command.Add(networks);
        command.Add(shift);
        charts.AddTo(command);
        command.Add(trainer);
        command.Add(architecture);
        command.Add(resume);
        command.Validators.Add(result =>
        {
            string? name = result.GetValue(trainer);
            if (name != OtherTrainerCatalog.ImageClassification && result.GetResult(architecture) is { Implicit: false })
            {
                result.AddError($"--arch goes with --trainer {OtherTrainerCatalog.ImageClassification} alone.");
            }

            if (name is null) return;
            Option[] own = [config, networks, shift];
            string? other = own.FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name
                ?? options.FirstGivenOfRecipe(result, exceptTraining: name == OtherTrainerCatalog.ImageClassification);
            if (other is not null) result.AddError($"--trainer {name} trains without a recipe, so {other} cannot be given with it.");
            if (options.Device.FirstGiven(result) is { } device) result.AddError($"--trainer {name} is ML.NET's, which chooses device and threads itself, so {device} cannot be given with it.");
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(resume) is null) return;
            Option[] own = [data, config, networks, shift, trainer, architecture];
            string? other = own.FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name ?? options.FirstGiven(result);
            if (other is not null) result.AddError($"--resume goes on with the plan of its run, so {other} cannot be given with it.");
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(config) is null) return;
            string? other = result.GetResult(data) is { Implicit: false } ? data.Name : options.FirstGivenOfDataAndRecipe(result);
            if (other is not null) result.AddError($"--config names data and recipe, so {other} cannot be given with it.");
        });
        command.SetAction(parsed =>
        {
            bool json = options.WantsJson(parsed);
            var run = new TrainingRun(terminal.Environment(openDevice));
            if (parsed.GetValue(resume) is string folder)
            {
                Show(run.Resume(folder, options.Device.Read(parsed)));
                return;
            }

            TrainingRequest request = options.Read(parsed, parsed.GetValue(data), baseModel: null);
            if (parsed.GetValue(config) is string file) request = With(Scenario.Read(file), request);
            if (parsed.GetValue(trainer) is string other)
            {
                OtherOutcomeReport.Write(terminal, new OtherRun(terminal.Environment(openDevice)).Run(OtherTrainerCatalog.Get(other), request, parsed.GetValue(architecture)), json);
                return;
            }

            request = request with { Overrides = request.Overrides with { Networks = parsed.GetValue(networks), TestTimeShift = parsed.GetValue(shift) } };
            if (request.ResolveRecipe().Networks == 1)
            {
                Show(run.Start(request));
                return;
            }

            EnsembleOutcome ensemble = TrainEnsemble(request, parsed);
            charts.Show(parsed, ensemble.Report, terminal, json);
            EnsembleReport.Write(terminal, ensemble, json);

            void Show(TrainingOutcome outcome)
            {
                charts.Show(parsed, outcome.Report, terminal, json);
                OutcomeReport.Write(terminal, outcome, json);
            }
        });
        return command.WithExamples("""
            digitml train                                              the default recipe on the MNIST files in data
            digitml train --recipe keras-cnn --epochs 10 --name long
            digitml train --data train.csv --test-data test.csv        your own rows; any square size, any labels
            digitml train --recipe mine.json --seed 7 --threads 4
            digitml train --recipe keras-cnn --numeric-mode exact      convolutions as the formula says; several times slower
            digitml train --charts --plots plots                       curves in the terminal and as SVG files
            digitml train --config digitml.json                        what digitml build found
            digitml train --resume runs/long                           after Ctrl-C or a power cut
            digitml train --networks 5 --test-time-shifts 1            five networks, one model that averages their scores
            digitml train --trainer sdca                               one of ML.NET's trainers
            digitml train --trainer imageclassification --arch mobilenet_v2 --epochs 50

            A run of several networks goes on when it is typed again with the same --name or --out.
            """);

        static TrainingRequest With(Scenario scenario, TrainingRequest request) => request with
        {
            Data = scenario.Data,
            TestData = scenario.TestData,
            ValidationFraction = request.ValidationFraction ?? scenario.ValidationFraction,
            Given = scenario.Recipe,
        };

        EnsembleOutcome TrainEnsemble(TrainingRequest request, ParseResult parsed)
        {
            // The folder may have the time in its name: settled once, for the runs and for the line that says how to go on.
            request = request with { Out = EnsembleRun.FolderOf(request) };
            return options.GoingOnWhenTypedAgain(parsed, request.Out, () => new EnsembleRun(terminal.Environment(openDevice)).Run(request));
        }
    }
}
