using System.Collections.Immutable;
using DigitML.Experiments.Charts;

namespace DigitML.Experiments.Reports;

/// <summary>What to type.</summary>
internal static class CommandsSection
{
    internal static Section Of(ImmutableArray<string> commands) =>
        new("commands", "Commands", Markup.Of($"{commands.Select(command => Markup.Of($"<pre tabindex=\"0\">{command}</pre>"))}"));
}
