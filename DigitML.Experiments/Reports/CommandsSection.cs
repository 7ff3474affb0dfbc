using System.Collections.Immutable;
using DigitML.Experiments.Charts;

namespace DigitML.Experiments.Reports;

/// <summary>The commands that reproduce and use the run.</summary>
internal static class CommandsSection
{
    internal static Section Of(ImmutableArray<string> commands) =>
        new("commands", "Commands", Markup.Of($"{commands.Select(command => Markup.Of($"<pre tabindex=\"0\">{command}</pre>"))}"));
}
