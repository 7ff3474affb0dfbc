using System.CommandLine;
using DigitML.Training;
using DigitML.Training.Terminals;

namespace DigitML.Tests.Terminals;

/// <summary>The console's commands, to parse command lines with; nothing is written.</summary>
internal static class QuietConsole
{
    internal static RootCommand Root() =>
        DigitMLConsole.CreateRoot(new Terminal(TextWriter.Null, TextWriter.Null, IsInteractive: false, HasColors: false, CancellationToken.None), request => request.Open());
}
