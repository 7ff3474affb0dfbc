using System.CommandLine;
using DigitML.Engine.Cpu;

namespace DigitML.Training.Options;

/// <summary><c>--numeric-mode</c>: how convolutions are computed.</summary>
internal static class NumericModeOption
{
    /// <summary>The modes as typed on the command line, the default first.</summary>
    internal static string[] Names { get; } = [Name(NumericMode.Balanced), Name(NumericMode.Exact), Name(NumericMode.Fast)];

    internal static Option<string> Create() => ChoiceOption.Create(
        "--numeric-mode", "How convolutions are computed: exact follows the formula; balanced and fast need fewer multiplications but have larger rounding errors, fast the largest.", Names);

    internal static NumericMode Read(ParseResult parsed, Option<string> option) => Enum.Parse<NumericMode>(parsed.GetValue(option)!, ignoreCase: true);

    /// <summary>A mode as typed on the command line.</summary>
    internal static string Name(NumericMode mode) => mode.ToString().ToLowerInvariant();
}
