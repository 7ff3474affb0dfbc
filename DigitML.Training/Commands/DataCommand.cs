using System.CommandLine;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data get|info|sample|convert|kaggle-split|kaggle-score</c>: the data that comes with the program, what a data file holds, a picture of it, IDX to CSV, the Kaggle protocol.</summary>
internal static class DataCommand
{
    /// <summary>The command. Failures surface as DigitMLException, for the caller to print.</summary>
    internal static Command Create(Terminal terminal) => new Command("data", "Copies the data that comes with the program, shows what a data file holds, converts it, and splits and scores rows as Kaggle does.")
    {
        DataGetCommand.Create(terminal),
        DataInfoCommand.Create(terminal),
        DataSampleCommand.Create(terminal),
        DataConvertCommand.Create(terminal),
        DataKaggleSplitCommand.Create(terminal),
        DataKaggleScoreCommand.Create(terminal),
    }.WithExamples("""
        digitml data get mnist
        digitml data info data/mnist-train.csv.gz
        digitml data sample data/mnist-train.csv.gz --rows 1 2 3
        digitml data convert train-images-idx3-ubyte train.csv.gz
        digitml data kaggle-split --seed 1 --out kaggle
        """);

    /// <summary>The file that info and sample read.</summary>
    internal static Argument<string> FileArgument() => new("FILE")
    {
        Description = "A CSV or CSV.gz file (label,pixel0,...), or an IDX file of images or labels; the other file of the pair is found beside it.",
    };
}
