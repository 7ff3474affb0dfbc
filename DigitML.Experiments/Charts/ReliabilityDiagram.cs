using System.Globalization;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Summaries;
using DigitML.Model.Files;

namespace DigitML.Experiments.Charts;

/// <summary>Accuracy of the rows in each score bin, compared with perfect calibration.</summary>
internal sealed record ReliabilityDiagram(Calibration Calibration)
{
    private const int HeadingHeight = 34;
    private const double Gap = 0.25;

    /// <summary>The drawing as a file.</summary>
    internal Svg Draw() => PlotOf().ToSvg(Svg.Text(Plot.Left, 16, "Calibration", kind: "chart-title"), HeadingHeight, Description());

    /// <summary>The chart as a part of a page.</summary>
    internal Markup InPage() => Markup.Of($"""
        <figure>
        <figcaption class="legend"><strong>Accuracy by score</strong>
        <span><svg width="18" height="10" aria-hidden="true"><rect class="bar" width="18" height="10" fill-opacity="0.55"/></svg> rows predicted correctly</span>
        <span><svg width="18" height="8" aria-hidden="true">{Svg.Line("line line-1 dashed", 0, 4, 18, 4)}</svg> perfect calibration</span></figcaption>
        {PlotOf().InPage(Description())}
        </figure>
        """);

    private Plot PlotOf()
    {
        AxisScale x = AxisScale.Linear([0, 1], 0, 100), y = AxisScale.Linear([0, 1], Plot.Height, 0);
        return new Plot(x, y, "highest score", y.Text, _ => null, Markup.Of($"""
            {Bins.Select(bin => Bar(bin, x, y))}
            <line class="line line-1 dashed" x1="0" y1="{Plot.Height}" x2="100%" y2="0"/>
            """));
    }

    private static Markup Bar(CalibrationBin bin, AxisScale x, AxisScale y)
    {
        double left = x.At(bin.From) + Gap, top = y.At(bin.Accuracy);
        return Markup.Of($"""<rect class="bar" x="{Plot.Percent(left)}" y="{Svg.Place(top)}" width="{Plot.Percent(x.At(bin.To) - Gap - left)}" height="{Svg.Place(Plot.Height - top)}" fill-opacity="0.55"><title>{Hint(bin)}</title></rect>""");
    }

    private IEnumerable<CalibrationBin> Bins => Calibration.Bins.Where(bin => bin.Rows > 0);

    private string Description() => string.Create(CultureInfo.InvariantCulture, $"Reliability diagram, expected calibration error {Calibration.ExpectedError:0.0000}. ")
        + string.Join(' ', Bins.Select(bin => $"{Hint(bin)}."));

    private static string Hint(CalibrationBin bin) => string.Create(CultureInfo.InvariantCulture,
        $"scores {bin.From:0.0} to {bin.To:0.0}: {DisplayText.Count(bin.Rows, "row")}, mean score {bin.MeanScore:0.000}, accuracy {NumberText.Percent(bin.Accuracy)}");
}
