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

    private readonly IReadOnlyList<int> keys = Matrix.ShownKeys();
    private readonly string[] labels = ShortNames.Fitting([.. Matrix.ShownKeys().Select(key => Matrix.Labels[key])], LongestLabel);
    private readonly ConfusionHeatMap shades = new(Matrix);
    private readonly Dictionary<(int, int), ConfusedPair> links = Linked.ToDictionary(pair => (pair.Actual, pair.Predicted));

    /// <summary>True if the table needs the width of the page.</summary>
    internal bool IsWide => keys.Count > MostWithShares;

    private bool HasText => keys.Count <= MostWithText;

    /// <summary>The table.</summary>
    internal Markup Draw()
    {
        string caption = $"Rows by actual class (down) and predicted class (across){(keys.Count < Matrix.NumberOfClasses ? $": the {keys.Count} most confused of {Matrix.NumberOfClasses:N0} classes" : "")}";
        bool isUpright = !HasText || keys.Any(key => Matrix.Labels[key].Length > LongestFlat);
        return Page.Scrolling(caption, Markup.Of($"""
            <table class="confusion{(HasText ? "" : " dense")}{(isUpright ? " upright" : "")}" style="--classes: {keys.Count}">
            <caption><span>{caption}{(Linked.Count > 0 ? "; mistakes link to their pictures" : "")}</span></caption>
            <thead><tr><td></td>{keys.Select((key, place) => Markup.Of($"""<th scope="col" title="{Matrix.Labels[key]}"><span>{labels[place]}</span></th>"""))}</tr></thead>
            <tbody>
            {keys.Select(Row)}
            </tbody>
            </table>
            """));
    }

    private Markup Row(int actual, int place) => Markup.Of(
        $"""<tr><th scope="row" title="{Matrix.Labels[actual]}"><span>{labels[place]}</span></th>{new Markup(string.Concat(keys.Select(predicted => Cell(actual, predicted).Text)))}</tr>""");

    private Markup Cell(int actual, int predicted)
    {
        int count = Matrix.Counts[actual][predicted];
        if (count == 0) return Markup.Of($"<td></td>");
        string shade = (100 * shades.Shade(actual, predicted)).ToString("0", CultureInfo.InvariantCulture), kind = actual == predicted ? "right" : "wrong";
        Markup text = Markup.Of($"{count:N0}{(IsWide ? null : Markup.Of($"<small>{(double)count / Matrix.PerClassSupport[actual] * 100:0.0} %</small>"))}");
        string hint = shades.Hint(actual, predicted);
        Markup content = links.TryGetValue((actual, predicted), out ConfusedPair? pair)
            ? Markup.Of($"""<a href="#{PairsSection.IdOf(pair)}" aria-label="{hint}">{text}</a>""")
            : text;
        return Markup.Of($"""<td class="{kind}" style="--shade: {shade}%" title="{hint}">{content}</td>""");
    }
}
