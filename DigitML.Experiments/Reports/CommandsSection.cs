using System.Collections.Immutable;
using DigitML.Experiments.Charts;

namespace DigitML.Experiments.Reports;

/// <summary>The commands that reproduce and use the run, each with a button that copies it where the browser runs scripts.</summary>
internal static class CommandsSection
{
    internal static Section Of(ImmutableArray<string> commands) => new("commands", "Commands", Markup.Of($"""
        <p>Relative paths start at the folder in which the report was made.</p>
        <h3>The same again</h3>
        {Command(commands[0])}
        {(commands.Length == 1 ? null : Markup.Of($"""
            <h3>With this model</h3>
            {commands.Skip(1).Select(Command)}
            """))}
        """));

    private static Markup Command(string command) =>
        Markup.Of($"""<div class="command"><pre>{command}</pre><button type="button" class="copy" hidden="" aria-label="Copy: {command}">Copy</button></div>""");
}
