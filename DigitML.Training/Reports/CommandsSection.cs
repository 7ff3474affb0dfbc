using System.Collections.Immutable;
using DigitML.Training.Charts;

namespace DigitML.Training.Reports;

/// <summary>What to type.</summary>
internal static class CommandsSection
{
    internal static Section Of(ImmutableArray<string> commands) =>
        new("commands", "Commands", Markup.Of($"{commands.Select(command => Markup.Of($"<pre tabindex=\"0\">{command}</pre>"))}"));
}
