using System.CommandLine;
using DigitML.Experiments.Devices;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data get|info|sample|check|mislabelled|convert|split|kaggle-split|kaggle-score</c>: the data that comes with the program, what a data file holds and what may be wrong with it, other formats, the Kaggle protocol.</summary>
internal static class DataCommand
{
    /// <summary>The command. Failures surface as DigitMLException, for the caller to print.</summary>
    internal static Command Create(Terminal terminal, OpenDevice openDevice) => new Command("data", "Copies the data that comes with the program, shows and checks what a data file holds, converts and splits it, and scores as Kaggle does.")
    {
        DataGetCommand.Create(terminal),
        DataInfoCommand.Create(terminal),
        DataSampleCommand.Create(terminal),
        DataCheckCommand.Create(terminal),
        DataMislabelledCommand.Create(terminal, openDevice),
        DataConvertCommand.Create(terminal),
        DataSplitCommand.Create(terminal),
        DataKaggleSplitCommand.Create(terminal),
        DataKaggleScoreCommand.Create(terminal),
    }.WithExamples("""
        digitml data get mnist
        digitml data info data/mnist-train.csv.gz
        digitml data sample data/mnist-train.csv.gz --rows 1 2 3
        digitml data check train.csv --test-data test.csv
        digitml data convert train-images-idx3-ubyte train.csv.gz
        digitml data kaggle-split --seed 1 --out kaggle
        """);

    /// <summary>The file that info and sample read.</summary>
    internal static Argument<string> FileArgument() => new("FILE")
    {
        Description = "A CSV or CSV.gz file (label,pixel0,...), an IDX or numpy file of images or labels (the other file of the pair is found beside it), an archive of one of these, or a folder of pictures.",
    };
}
