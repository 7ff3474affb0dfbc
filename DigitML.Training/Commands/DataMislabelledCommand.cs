using System.CommandLine;
using System.Globalization;
using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Checks;
using DigitML.Experiments.Devices;
using DigitML.Model.Files;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data mislabelled FILE</c>: rows whose label is likely wrong, by networks that did not learn from them.</summary>
internal static class DataMislabelledCommand
{
    private const string DefaultRecipe = "fast";
    private const int DefaultFolds = 4, MostPrinted = 10;

    internal static Command Create(Terminal terminal, OpenDevice openDevice)
    {
        Argument<string> path = DataCommand.FileArgument();
        Option<int?> folds = NumberOption.Whole("--folds", $"Parts of the rows; each is judged by a network that learned from the others. [default: {DefaultFolds}]", min: 2);
        Option<string?> recipe = FileOption.Optional("--recipe", "NAME|FILE", $"The recipe of the networks. [default: {DefaultRecipe}]");
        Option<int?> epochs = NumberOption.Whole("--epochs", "Passes over the rows, instead of the recipe's.", min: 1);
        Option<ulong?> seed = NumberOption.Seed("--seed", "Random seed. [default: the recipe's, usually 1]");
        Option<string?> folder = FileOption.Optional("--out", "DIR", "Folder for mislabelled.csv and mislabelled.html. [default: checks/NAME]");
        var layout = new LayoutOptions();
        var device = new DeviceOptions();
        Option<bool> json = FileOption.Json();
        var command = new Command("mislabelled", "Ranks rows whose label is likely wrong, with pictures.") { path, folds, recipe, epochs, seed, folder, json };
        layout.AddTo(command);
        device.AddTo(command);
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(path);
            var files = new CheckFiles(parsed.GetValue(folder) ?? DataCheckCommand.DefaultFolder(file), "mislabelled", SuspectPage.Header);
            files.Check(DigitFiles.PathsOf(file));
            Recipe trained = new RecipeOverrides(parsed.GetValue(epochs), Seed: parsed.GetValue(seed)).Apply(RecipeCatalog.Get(parsed.GetValue(recipe) ?? DefaultRecipe));
            DigitFile rows = DigitFiles.Load(file, new DigitFileOptions { Layout = layout.Read(parsed), RequireLabels = true });
            terminal.TellReading(file, rows);
            int parts = parsed.GetValue(folds) ?? DefaultFolds;
            CheckRows(file, rows.Dataset, parts);
            var search = new MislabelledSearch(terminal.Environment(openDevice), trained, device.Read(parsed));
            IReadOnlyList<SuspectLabel> suspects = search.Run(rows.Dataset, parts, trained.Training.Seed);
            files.Write(SuspectPage.Rows(rows.Dataset, suspects), SuspectPage.Html(rows, suspects));
            if (parsed.GetValue(json)) terminal.WriteJson(new Found(rows.Dataset.Count, suspects.Count, files.Csv, files.PagePath));
            else Print(rows.Dataset, suspects, files, terminal.Output);
        });
        return command.WithExamples("""
            digitml data mislabelled train.csv
            digitml data mislabelled train.csv --folds 5 --recipe compact --out checks/mine

            The rows are split into folds; each fold is judged by a network that learned from the others. The list has every row that the networks
            expect another label for, the likeliest mistakes first. Look at the pictures from the top, and stop where the labels are right.
            """);
    }

    private static void CheckRows(string file, DigitDataset rows, int folds)
    {
        if (rows.LabelMap.Count < 2) throw new DigitMLException($"{file}: every row has the label {DisplayText.Value(rows.LabelMap[0])}; wrong labels can be found among two classes or more.");
        int fewest = rows.Labels.CountBy(label => label).Min(count => count.Value);
        if (rows.Count < 2 * folds || fewest < 2) throw new DigitMLException($"{file}: {(fewest < 2 ? "a class has a single row" : $"{rows.Count} rows are too few for {folds} folds")}, so no network can judge it; add rows.");
    }

    private static void Print(DigitDataset rows, IReadOnlyList<SuspectLabel> suspects, CheckFiles files, TextWriter output)
    {
        output.WriteLine($"{DisplayText.Count(suspects.Count, "row")} of {rows.Count:N0} {(suspects.Count == 1 ? "is" : "are")} expected to have another label{(suspects.Count > MostPrinted ? $"; the first {MostPrinted}:" : suspects.Count > 0 ? ":" : ".")}");
        foreach (SuspectLabel suspect in suspects.Take(MostPrinted))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  row {suspect.Row + 1}: {rows.LabelMap[suspect.Label]}, expected {rows.LabelMap[suspect.Suggested]} ({suspect.SuggestedScore:F3})"));
        }

        output.WriteLine($"{files.PagePath}, {files.Csv}");
    }

    private sealed record Found(int Rows, int Suspects, string List, string Page);
}
