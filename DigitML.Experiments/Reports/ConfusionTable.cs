using System.Globalization;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;

namespace DigitML.Experiments.Reports;

/// <summary>A confusion matrix as a table with shaded cells, which keyboards and screen readers can use; a cell with mistakes links to their pictures.</summary>
/// <param name="Matrix">The counts.</param>
/// <param name="Linked">The pairs of classes that have pictures on the page.</param>
internal sealed record ConfusionTable(ConfusionCounts Matrix, IReadOnlySet<ConfusedPair> Linked)
{
    // Cells of more classes hold no texts; headers of longer labels are upright; cells of more classes hold no shares.
    private const int MostWithText = 30, LongestFlat = 3, MostWithShares = 12, LongestLabel = 16;

    private readonly string[] labels = ShortNames.Fitting(Matrix.Labels, LongestLabel);
    private readonly ConfusionHeatMap shades = new(Matrix);
    private readonly Dictionary<(int, int), ConfusedPair> links = Linked.ToDictionary(pair => (pair.Actual, pair.Predicted));

    /// <summary>True if the table needs the width of the page.</summary>
    internal bool IsWide => Matrix.NumberOfClasses > MostWithShares;

    private bool HasText => Matrix.NumberOfClasses <= MostWithText;

    /// <summary>The table.</summary>
    internal Markup Draw()
    {
        string caption = "Rows by actual class (down) and predicted class (across)";
        bool isUpright = !HasText || Matrix.Labels.Any(label => label.Length > LongestFlat);
        return Page.Scrolling(caption, Markup.Of($"""
            <table class="confusion{(HasText ? "" : " dense")}{(isUpright ? " upright" : "")}" style="--classes: {Matrix.NumberOfClasses}">
            <caption><span>{caption}{(Linked.Count > 0 ? "; mistakes link to their pictures" : "")}</span></caption>
            <thead><tr><td></td>{Matrix.Labels.Select((label, key) => Markup.Of($"""<th scope="col" title="{label}"><span>{labels[key]}</span></th>"""))}</tr></thead>
            <tbody>
            {Enumerable.Range(0, Matrix.NumberOfClasses).Select(Row)}
            </tbody>
            </table>
            """));
    }

    private Markup Row(int actual) => Markup.Of(
        $"""<tr><th scope="row" title="{Matrix.Labels[actual]}"><span>{labels[actual]}</span></th>{new Markup(string.Concat(Enumerable.Range(0, Matrix.NumberOfClasses).Select(predicted => Cell(actual, predicted).Text)))}</tr>""");

    private Markup Cell(int actual, int predicted)
    {
        int count = Matrix.Counts[actual][predicted];
        if (count == 0) return Markup.Of($"<td></td>");
        string shade = (100 * shades.Shade(actual, predicted)).ToString("0", CultureInfo.InvariantCulture), kind = actual == predicted ? "right" : "wrong";
        Markup text = Markup.Of($"{count:N0}{(Matrix.NumberOfClasses > MostWithShares ? null : Markup.Of($"<small>{(double)count / Matrix.PerClassSupport[actual] * 100:0.0} %</small>"))}");
        string hint = shades.Hint(actual, predicted);
        Markup content = links.TryGetValue((actual, predicted), out ConfusedPair? pair)
            ? Markup.Of($"""<a href="#{PairsSection.IdOf(pair)}" aria-label="{hint}">{text}</a>""")
            : text;
        return Markup.Of($"""<td class="{kind}" style="--shade: {shade}%" title="{hint}">{content}</td>""");
    }
}
