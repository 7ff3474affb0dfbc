using System.CommandLine;
using DigitML.Data.Recipes;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Runs;
using DigitML.Experiments.Sweeps;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml sweep</c>: trains one recipe with several settings and compares them.</summary>
internal static class SweepCommand
{
    internal static Command Create(Terminal terminal, OpenDevice openDevice)
    {
        Option<SweepSetting[]> settings = EpochsBatchOption();
        Option<string?> data = FileOption.TrainingData();
        var options = new TrainingOptions($"The recipe to train, by name or file; digitml recipes lists them. [default: {RecipeCatalog.DefaultName}]", isSweep: true);
        var command = new Command("sweep", "Trains one recipe with several settings, each in its own run folder, and compares them.") { settings, data };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(settings) is null && !options.HasSettings(result)) result.AddError("digitml sweep needs --epochs-batch or --set: the settings to try.");
        });
        command.SetAction(parsed =>
        {
            TrainingRequest request = options.Read(parsed, parsed.GetValue(data), baseModel: null);

            // The folder may have the time in its name, so it is determined once: for the runs and for the line that says how to resume.
            request = request with { Out = Sweep.FolderOf(request) };
            SweepSetting[] all = SweepSetting.Product(parsed.GetValue(settings) ?? [], options.Settings(parsed) is { } values ? SweepSetting.OfGrid(values) : []);
            SweepResult result = options.Fill(
                parsed, terminal, request, () => options.ResumingWhenRunAgain(parsed, request.Out, () => new Sweep(terminal.Environment(openDevice)).Run(request, all)));
            if (options.WantsJson(parsed)) terminal.WriteJson(result);
            else WriteText(terminal, result);
        });
        return command.WithExamples("""
            digitml sweep --epochs-batch 1x1,3x1000,10x32,20x64 --recipe kaggle-cnn
            digitml sweep --epochs-batch 5x32,5x64,5x128 --recipe mine.json --data train.csv --out runs/batch-sizes
            digitml sweep --set training.learningRate.peakRate=0.1,0.2,0.4 --set training.batchSize=64,128 --data train.csv
            digitml sweep --set layers[0].filters=8,16,32 --recipe mine.json --data train.csv

            The best setting is marked by its accuracy on the held-out rows; nothing is chosen on the test rows.
            To resume a sweep, run it again with the same --name or --out: finished settings are not trained again.
            """);
    }

    private static Option<SweepSetting[]> EpochsBatchOption()
    {
        const string name = "--epochs-batch";
        return new Option<SweepSetting[]>(name)
        {
            HelpName = "EPOCHSxBATCH,...",
            Description = "The settings to try, each an epoch count and a batch size, such as 1x1,3x1000,10x32,20x64.",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                SweepSetting[] settings = SweepSetting.OfEpochsAndBatch(text, out string problem);
                if (problem.Length > 0) result.AddError($"{name} is \"{text}\": {problem}.");
                return settings;
            },
            Arity = ArgumentArity.ExactlyOne,
        };
    }

    private static void WriteText(Terminal terminal, SweepResult result)
    {
        TextWriter output = terminal.Output;
        output.WriteLine();
        output.Write(SweepTable.Text(result.Settings, terminal.Width));
        if (SweepTable.NoBest(result.Settings) is string note) output.WriteLine(note);
        output.WriteLine();
        output.WriteLine($"Sweep folder: {result.Sweep} (sweep.md, sweep.json and one run folder per setting)");
    }
}
