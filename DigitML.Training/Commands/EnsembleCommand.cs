using System.Collections.Immutable;
using System.CommandLine;
using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Ensembles;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Summaries;
using DigitML.Model;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml ensemble</c>: merges models into one that averages their scores.</summary>
internal static class EnsembleCommand
{
    internal static Command Create(Terminal terminal)
    {
        var models = new Option<string[]>("--models")
        {
            HelpName = "FILE|DIR ...",
            Description = "The models: files, or run folders that hold a model.onnx.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string> outFile = FileOption.Required("--out", "FILE", "Where to write the merged model.");
        Option<int?> shift = NumberOption.Whole(
            "--test-time-shifts", "The model also scores each image moved by this many pixels up, down, left and right, and averages the five scores. [default: 0]", min: 0);
        Option<PixelNormalization?> normalization = NormalizationOption.Create();
        Option<bool> json = FileOption.Json();
        var command = new Command("ensemble", "Merges models into one model file that averages their scores.") { models, outFile, shift, normalization, json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(models)?.Tokens.Count != 1 || result.GetResult(shift)?.Tokens is [{ Value: not "0" }]) return;
            result.AddError("digitml ensemble takes two or more models, or one with --test-time-shifts.");
        });
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(outFile);
            RunFolder.CheckOutput("--out", path, parsed.GetRequiredValue(models).Select(RunFolder.ModelIn));
            DigitModel model = MergedModels.Merge(parsed.GetRequiredValue(models), parsed.GetValue(shift) ?? 0, parsed.GetValue(normalization));
            if (parsed.GetValue(normalization) is null && model.Members.Any(member => member.Normalization == new PixelNormalization(1, 0))) NormalizationOption.Tell(terminal, "a model", model, isSaid: false);
            terminal.Cancellation.ThrowIfCancellationRequested();
            model.Save(path);
            if (parsed.GetValue(json)) terminal.WriteJson(new Merged(path, model.TestTimeShift, ModelText.Parameters(model), MemberInfo.Of(model)));
            else terminal.Output.WriteLine($"{path}: {ModelText.Describe(model)}");
        });
        return command.WithExamples("""
            digitml ensemble --models runs/a runs/b runs/c --out ensemble.onnx
            digitml ensemble --models a.onnx b.onnx --out ensemble.onnx --test-time-shifts 1
            digitml ensemble --models a.onnx --out shifted.onnx --test-time-shifts 1          one network, five positions of the image

            The scores (softmax) of all networks have equal weight. The file is one ONNX model with the same input and outputs as any other: evaluate, predict,
            apps and other runtimes work with it unchanged.
            """);
    }

    private sealed record Merged(string Model, int TestTimeShift, int Parameters, ImmutableArray<MemberInfo> Members);
}
