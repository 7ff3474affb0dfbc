using System.CommandLine;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data info|sample|convert</c>: what a data file holds, a picture of it, IDX to CSV.</summary>
internal static class DataCommand
{
    /// <summary>The command to mount. Failures leave as DigitMLException for the caller to print.</summary>
    public static Command Create() => new("data", "Shows what a data file holds and converts it.")
    {
        DataConvertCommand.Create(),
    };

    /// <summary>The file that info and sample read.</summary>
    internal static Argument<string> FileArgument() => new("file")
    {
        Description = "A CSV or CSV.gz file (label,pixel0,...), or an IDX file of images or labels; its partner is found beside it.",
        HelpName = "FILE",
    };
}
