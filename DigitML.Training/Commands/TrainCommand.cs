using System.CommandLine;
using DigitML.Training.Devices;
using DigitML.Training.Recipes;
using DigitML.Training.Runs;

namespace DigitML.Training.Commands;

/// <summary><c>digitml train</c>: trains a recogniser and writes a run folder, or goes on with a run that was stopped.</summary>
internal static class TrainCommand
{
    internal static Command Create(Terminal terminal, OpenDevice openDevice)
    {
        Option<string?> data = FileOption.TrainingData();
        var options = new TrainingOptions($"What to train, by name or file; digitml recipes lists them. [default: {RecipeCatalog.DefaultName}]");
        Option<string?> resume = FileOption.Optional("--resume", "DIR", "Go on with the run in this folder; it ends in the same model as if it had not been stopped.");
        var command = new Command("train", "Trains a recogniser, tests it, and writes a run folder with its model.") { data };
        options.AddTo(command);
        command.Add(resume);
        command.Validators.Add(result =>
        {
            if (result.GetValue(resume) is null) return;
            string? other = result.GetResult(data) is { Implicit: false } ? "--data" : options.FirstGiven(result);
            if (other is not null) result.AddError($"--resume goes on with the plan of its run, so {other} cannot be given with it.");
        });
        command.SetAction(parsed =>
        {
            var run = new TrainingRun(terminal, openDevice);
            TrainingOutcome outcome = parsed.GetValue(resume) is string folder
                ? run.Resume(folder, options.Device.Read(parsed))
                : run.Start(options.Read(parsed, parsed.GetValue(data), baseModel: null));
            OutcomeReport.Write(terminal, outcome, options.WantsJson(parsed));
        });
        return command.WithExamples("""
            digitml train                                              the default recipe on the MNIST files in data
            digitml train --recipe keras-cnn --epochs 10 --name long
            digitml train --data train.csv --test-data test.csv        your own rows; any square size, any labels
            digitml train --recipe mine.json --seed 7 --threads 4
            digitml train --recipe keras-cnn --numeric-mode exact      convolutions as the formula says; several times slower
            digitml train --resume runs/long                           after Ctrl-C or a power cut
            """);
    }
}
