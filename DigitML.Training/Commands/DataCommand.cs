using System.CommandLine;

namespace DigitML.Training.Commands;

/// <summary><c>digitml data info|sample|convert</c>: what a data file holds, a picture of it, IDX to CSV.</summary>
internal static class DataCommand
{
    /// <summary>The command to mount. Failures leave as DigitMLException for the caller to print.</summary>
    public static Command Create() => new("data", "What a data file holds, a picture of it, IDX to CSV.");
}
