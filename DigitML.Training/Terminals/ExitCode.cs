namespace DigitML.Training.Terminals;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCode
{
    /// <summary>The work is done.</summary>
    internal const int Done = 0;

    /// <summary>The work failed or the input is bad; one line on the error writer says why.</summary>
    internal const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    internal const int WrongUsage = 2;

    /// <summary>Stopped by the user.</summary>
    internal const int Cancelled = 130;
}
