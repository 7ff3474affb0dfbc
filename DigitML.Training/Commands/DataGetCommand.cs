using System.CommandLine;
using System.Globalization;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.Runs;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data get [NAME] [--out DIR]</c>: the files of a data set that comes with the program, copied to where the user works; without a name, a list.</summary>
internal static class DataGetCommand
{
    private const string DefaultFolder = "data";

    internal static Command Create(Terminal terminal)
    {
        Argument<string?> name = NameArgument();
        Option<string?> folder = FileOption.Optional("--out", "DIR", $"Where to copy the files; no other file is overwritten. [default: {DefaultFolder}]");
        Option<bool> json = FileOption.Json();
        var command = new Command("get", "Copies the files of a data set that comes with the program, or lists the data sets.") { name, folder, json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(name)?.Tokens is not [_, ..] && result.GetResult(folder) is { Implicit: false }) result.AddError("--out goes with a data set, such as digitml data get mnist --out DIR.");
        });
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(name) is string wanted) Copy(Find(wanted)!, parsed.GetValue(folder) ?? DefaultFolder, parsed.GetValue(json), terminal);
            else List(parsed.GetValue(json), terminal);
        });
        return command.WithExamples("""
            digitml data get                           lists the data sets
            digitml data get mnist
            digitml data get mnist --out digits
            """);
    }

    private static Argument<string?> NameArgument()
    {
        var name = new Argument<string?>("NAME") { Description = "The data set: mnist.", Arity = ArgumentArity.ZeroOrOne };
        name.CompletionSources.Add([.. ShippedDataset.All.Select(set => set.Name)]);
        name.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: string given }] || Find(given) is not null) return;
            result.AddError($"There is no data set \"{given}\"; the program comes with {string.Join(", ", ShippedDataset.All.Select(set => set.Name))}.");
        });
        return name;
    }

    private static ShippedDataset? Find(string name) => ShippedDataset.All.FirstOrDefault(set => set.Name == name);

    private static void List(bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(ShippedDataset.All.Select(set => new Listed(set.Name, set.Description, set.Files)));
            return;
        }

        foreach (ShippedDataset set in ShippedDataset.All) terminal.Output.WriteLine($"{set.Name}  {set.Description}");
        terminal.Output.WriteLine();
        terminal.Output.WriteLine("Next:");
        terminal.Output.WriteLine($"  {CommandLineText.Of("data", "get", ShippedDataset.All[0].Name)}");
    }

    private static void Copy(ShippedDataset set, string folder, bool asJson, Terminal terminal)
    {
        IReadOnlyList<DataCopy> copies = set.CopyTo(folder);
        if (asJson)
        {
            terminal.WriteJson(copies.Select(copy => new Got(copy.File, copy.Bytes, copy.IsNew)));
            return;
        }

        foreach (DataCopy copy in copies)
        {
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{copy.File}: {copy.Bytes:N0} bytes{(copy.IsNew ? "" : ", already there")}"));
        }

        terminal.Output.WriteLine();
        terminal.Output.WriteLine("Next:");
        terminal.Output.WriteLine($"  {CommandLineText.Of("train", "--data", Path.Combine(folder, set.Training), "--test-data", Path.Combine(folder, set.Test))}");
    }

    private sealed record Listed(string Name, string Description, string[] Files);

    private sealed record Got(string File, long Bytes, bool IsNew);
}
