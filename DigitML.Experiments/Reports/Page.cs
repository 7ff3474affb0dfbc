using DigitML.Experiments.Charts;
using DigitML.Model.Files;

namespace DigitML.Experiments.Reports;

/// <summary>A section of a page.</summary>
/// <param name="Id">Its id, for links.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Content">What follows the heading.</param>
internal sealed record Section(string Id, string Title, Markup Content);

/// <summary>An HTML document with embedded style and script.</summary>
internal static class Page
{
    /// <summary>A value that is not there.</summary>
    internal const string Missing = "–";

    /// <summary>A class without rows.</summary>
    internal const string NoRows = "no rows";

    // Longer texts in a table wrap.
    private const int LongText = 24;

    private static readonly Markup Style = new($"{Svg.Style}{EmbeddedText.Read(typeof(Page), "page.css")}");

    // Exactly the file: the server allows the script by its hash.
    private static readonly Markup Script = new(EmbeddedText.Read(typeof(Page), "page.js"));

    /// <summary>The document.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="subject">A line below it.</param>
    /// <param name="sections">The sections, with links to them at the top.</param>
    internal static string Html(string title, string subject, IReadOnlyList<Section> sections) => Markup.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="DigitML">
        <title>{title} · DigitML</title>
        <style>
        {Style}</style>
        </head>
        <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header>
        <h1>{title}</h1>
        <p class="subject">{subject}</p>
        <nav aria-label="Sections"><ul>
        {sections.Select(section => Markup.Of($"""<li><a href="#{section.Id}">{section.Title}</a></li>"""))}
        </ul></nav>
        </header>
        <main id="content">
        {sections.Select(Part)}
        </main>
        <script>{Script}</script>
        </body>
        </html>

        """).Text;

    /// <summary>A table that scrolls sideways if it is wider than the screen.</summary>
    /// <param name="caption">Its caption.</param>
    /// <param name="heads">Column headers; the first column holds the row headers.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="texts">How many of the first columns hold text, which is left-aligned.</param>
    internal static Markup Table(string caption, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<Markup>> rows, int texts = 1)
    {
        return Scrolling(caption, Markup.Of($"""
            <table>
            <caption><span>{caption}</span></caption>
            <thead><tr>{heads.Select((head, column) => Markup.Of($"<th scope=\"col\"{Kind(column, head)}>{head}</th>"))}</tr></thead>
            <tbody>
            {rows.Select(row => Markup.Of($"<tr><th scope=\"row\"{Kind(0, row[0].Text)}>{row[0]}</th>{row.Skip(1).Select((cell, i) => Markup.Of($"<td{Kind(i + 1, i + 1 < texts ? cell.Text : "")}>{cell}</td>"))}</tr>"))}
            </tbody>
            </table>
            """));

        Markup? Kind(int column, string text)
        {
            string[] kinds = [.. column > 0 && column < texts ? (string[])["text"] : [], .. text.Length > LongText ? (string[])["long"] : []];
            return kinds.Length == 0 ? null : Markup.Of($" class=\"{string.Join(' ', kinds)}\"");
        }
    }

    /// <summary>A part that scrolls sideways if it is wider than the screen, with a shadow where it goes on.</summary>
    /// <param name="name">Its name, for screen readers.</param>
    /// <param name="content">The part.</param>
    internal static Markup Scrolling(string name, Markup content) => Markup.Of($"""
        <div class="scroll" role="region" aria-label="{name}" tabindex="0">
        {content}
        </div>
        """);

    private static Markup Part(Section section) => Markup.Of($"""
        <section id="{section.Id}" aria-labelledby="{section.Id}-title">
        <h2 id="{section.Id}-title">{section.Title}</h2>
        {section.Content}
        </section>
        """);
}
