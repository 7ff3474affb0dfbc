using DigitML.Experiments.Charts;
using DigitML.Model.Files;

namespace DigitML.Experiments.Reports;

/// <summary>A section of a page.</summary>
/// <param name="Id">Its id, for links.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Content">What follows the heading.</param>
internal sealed record Section(string Id, string Title, Markup Content);

/// <summary>An HTML document with embedded styles.</summary>
internal static class Page
{
    private static readonly Markup Style = new($"{Svg.Style}{EmbeddedText.Read(typeof(Page), "page.css")}");

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
        <header>
        <h1>{title}</h1>
        <p class="subject">{subject}</p>
        <nav aria-label="Sections"><ul>
        {sections.Select(section => Markup.Of($"""<li><a href="#{section.Id}">{section.Title}</a></li>"""))}
        </ul></nav>
        </header>
        <main>
        {sections.Select(Part)}
        </main>
        </body>
        </html>

        """).Text;

    /// <summary>A table that scrolls horizontally if it is wider than the screen.</summary>
    /// <param name="caption">Its caption.</param>
    /// <param name="heads">Column headers; the first column holds the row headers.</param>
    /// <param name="rows">The rows.</param>
    internal static Markup Table(string caption, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<Markup>> rows) => Markup.Of($"""
        <div class="scroll" role="region" aria-label="{caption}" tabindex="0">
        <table>
        <caption>{caption}</caption>
        <thead><tr>{heads.Select(head => Markup.Of($"<th scope=\"col\">{head}</th>"))}</tr></thead>
        <tbody>
        {rows.Select(row => Markup.Of($"<tr><th scope=\"row\">{row[0]}</th>{row.Skip(1).Select(cell => Markup.Of($"<td>{cell}</td>"))}</tr>"))}
        </tbody>
        </table>
        </div>
        """);

    private static Markup Part(Section section) => Markup.Of($"""
        <section id="{section.Id}" aria-labelledby="{section.Id}-title">
        <h2 id="{section.Id}-title">{section.Title}</h2>
        {section.Content}
        </section>
        """);
}
