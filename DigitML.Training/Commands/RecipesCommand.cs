using System.CommandLine;
using System.Globalization;
using DigitML.Data.Recipes;
using DigitML.Training.Options;
using DigitML.Training.Terminals;
using Spectre.Console;

namespace DigitML.Training.Commands;

/// <summary><c>digitml recipes</c>: lists the recipes that come with the program, or prints one to copy and change.</summary>
internal static class RecipesCommand
{
    internal static Command Create(Terminal terminal)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "The recipe to print.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> json = FileOption.Json();
        var command = new Command("recipes", "Lists the recipes that come with the program, or prints one to copy and change.") { name, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(name) is string wanted)
            {
                terminal.Output.Write(RecipeCatalog.Names.Contains(wanted) ? RecipeCatalog.JsonOf(wanted) : StrictJson.Write(RecipeCatalog.Get(wanted)));
                return;
            }

            Entry[] entries = [.. RecipeCatalog.Names.Select(Describe)];
            if (parsed.GetValue(json)) terminal.WriteJson(entries);
            else if (terminal.HasColors) terminal.CreateConsole().Write(TableOf(entries));
            else Print(entries, terminal.Output);
        });
        return command.WithExamples("""
            digitml recipes
            digitml recipes compact > mine.json        copy one, edit it, then:
            digitml train --recipe mine.json

            In a recipe, the units of a Dense layer or the filters of a Conv2D layer may be "classes": as many as the data has.
            Comments (//) and trailing commas are allowed; an unknown name is reported with the list of known ones.
            """);
    }

    private static Entry Describe(string name)
    {
        Recipe recipe = RecipeCatalog.Get(name);
        int parameters = recipe.Members.Sum(member => member.BuildNetwork(28, 28, 10).TrainableParameterCount);
        return new Entry(name, parameters, recipe.Training.Epochs, recipe.Training.BatchSize, recipe.Networks, recipe.Description);
    }

    // For a terminal: descriptions are wrapped in their column.
    private static Table TableOf(Entry[] entries)
    {
        Table table = new Table().Border(TableBorder.None)
            .AddColumn(new TableColumn("Recipe").NoWrap()).AddColumn(new TableColumn("Parameters").RightAligned()).AddColumn(new TableColumn("Epochs").RightAligned()).AddColumn("Description");
        foreach (Entry entry in entries)
        {
            table.AddRow(new Text(entry.Name), new Text(entry.Parameters.ToString("N0", CultureInfo.InvariantCulture)), new Text($"{entry.Epochs}"), new Text(entry.Description));
        }

        return table;
    }

    // For a file or another program: a line per recipe.
    private static void Print(Entry[] entries, TextWriter output)
    {
        int width = entries.Max(entry => entry.Name.Length);
        output.WriteLine($"{"Recipe".PadRight(width)}  Parameters  Epochs  Description");
        foreach (Entry entry in entries) output.WriteLine($"{entry.Name.PadRight(width)}  {entry.Parameters,10:N0}  {entry.Epochs,6}  {entry.Description}");
    }

    private sealed record Entry(string Name, int Parameters, int Epochs, int BatchSize, int Networks, string Description);
}
