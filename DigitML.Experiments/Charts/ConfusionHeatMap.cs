using System.Globalization;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Summaries;
using DigitML.Model.Files;

namespace DigitML.Experiments.Charts;

/// <summary>Counts and row shares of a confusion matrix: correct rows on the diagonal; the more frequent a mistake, the stronger its colour.</summary>
internal sealed record ConfusionHeatMap(ConfusionCounts Matrix)
{
    private const int Left = 64, LabelBase = 54, Side = 440, Margin = 6, MostWithText = 20, LongestLabel = 7;

    private const double LetterWidth = 0.62;

    private readonly IReadOnlyList<int> keys = Matrix.ShownKeys();
    private readonly string[] labels = ShortNames.Fitting([.. Matrix.ShownKeys().Select(key => Matrix.Labels[key])], LongestLabel);
    private readonly double cell = (double)Side / Matrix.ShownKeys().Count;

    private readonly int mostMistakes = ConfusedPair.Of(Matrix).FirstOrDefault()?.Count ?? 0;

    /// <summary>The drawing.</summary>
    internal Svg Draw()
    {
        string description = string.Create(
            CultureInfo.InvariantCulture, $"Confusion matrix of {(Classes < Matrix.NumberOfClasses ? $"the {Classes} most confused of {Matrix.NumberOfClasses:N0}" : $"{Classes}")} classes: {Matrix.CorrectRows:N0} of {DisplayText.Count(Matrix.PerClassSupport.Sum(), "row")} on its diagonal.");
        return new Svg(Left + Side + Margin, (int)Math.Ceiling(Top + Side + Margin), description, Markup.Of($"""
            {Svg.Text(Left, 16, "Confusion matrix", kind: "chart-title")}
            {Svg.Text(Left + Side / 2, 36, "predicted", "middle")}
            <text class="chart-text" transform="translate(12 {Svg.Place(Top + Side / 2)}) rotate(-90)" text-anchor="middle">actual</text>
            {Enumerable.Range(0, Classes).Select(ColumnLabel)}
            {Enumerable.Range(0, Classes).Select(key => Svg.Text(Left - 6, Top + (key + 0.5) * cell + LabelSize / 3, Label(key), "end", "chart-strong", LabelSize))}
            {from actual in Enumerable.Range(0, Classes) from predicted in Enumerable.Range(0, Classes) select Cell(actual, predicted)}
            """));
    }

    private int Classes => keys.Count;

    private double LabelSize => Math.Min(13, cell * 0.7);

    private double LabelWidth => Enumerable.Range(0, Classes).Max(key => Label(key).Length) * LabelSize * LetterWidth;

    // Labels wider than a cell are rotated upright.
    private bool IsUpright => LabelWidth > cell;

    private double Top => LabelBase + Margin + (IsUpright ? LabelWidth - LabelSize : 0);

    private Markup ColumnLabel(int key)
    {
        double x = Left + (key + 0.5) * cell, y = Top - Margin;
        return !IsUpright
            ? Svg.Text(x, y, Label(key), "middle", "chart-strong", LabelSize)
            : Markup.Of($"""<g transform="translate({Svg.Place(x + LabelSize / 3)} {Svg.Place(y)}) rotate(-90)">{Svg.Text(0, 0, Label(key), "start", "chart-strong", LabelSize)}</g>""");
    }

    private Markup Cell(int row, int column)
    {
        int actual = keys[row], predicted = keys[column], count = Matrix.Counts[actual][predicted];
        double x = Left + column * cell, y = Top + row * cell;
        string place = $"x=\"{Svg.Place(x)}\" y=\"{Svg.Place(y)}\" width=\"{Svg.Place(cell)}\" height=\"{Svg.Place(cell)}\"";
        Markup? fill = count == 0 ? null : Markup.Of($"""<rect class="{(actual == predicted ? "cell-right" : "cell-wrong")}" {new Markup(place)} fill-opacity="{Svg.Place(Shade(actual, predicted))}"/>""");
        Markup? text = count == 0 || Classes > MostWithText ? null : Markup.Of(
            $"{Svg.Text(x + cell / 2, y + cell * 0.48, $"{count}", "middle", "chart-strong", cell * 0.3)}{Svg.Text(x + cell / 2, y + cell * 0.8, Share(actual, predicted), "middle", "chart-strong", cell * 0.21)}");
        return Markup.Of($"""<g><title>{Hint(actual, predicted)}</title>{fill}<rect class="cell" {new Markup(place)}/>{text}</g>""");
    }

    /// <summary>Strength of a cell's colour, 0 to 1; the cell has rows.</summary>
    /// <remarks>The square root keeps single mistakes visible beside a pair that is confused often; at most 0.5 keeps text readable on every shade.</remarks>
    internal double Shade(int actual, int predicted) => actual == predicted
        ? 0.1 + 0.35 * Matrix.Counts[actual][actual] / Matrix.PerClassSupport[actual]
        : 0.12 + 0.38 * Math.Sqrt((double)Matrix.Counts[actual][predicted] / mostMistakes);

    /// <summary>A cell in words: "actual 4, predicted 9: 3 of 982 rows".</summary>
    internal string Hint(int actual, int predicted) => string.Create(CultureInfo.InvariantCulture,
        $"actual {Matrix.Labels[actual]}, predicted {Matrix.Labels[predicted]}: {Matrix.Counts[actual][predicted]:N0} of {DisplayText.Count(Matrix.PerClassSupport[actual], "row")}");

    private string Share(int actual, int predicted) =>
        ((double)Matrix.Counts[actual][predicted] / Matrix.PerClassSupport[actual]).ToString("0.0 %", CultureInfo.InvariantCulture);

    private string Label(int key) => labels[key];
}
