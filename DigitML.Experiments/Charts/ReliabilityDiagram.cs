using System.Globalization;
using DigitML.Experiments.Evaluation;

namespace DigitML.Experiments.Charts;

/// <summary>Accuracy of the rows in each score bin, compared with perfect calibration.</summary>
internal sealed record ReliabilityDiagram(Calibration Calibration)
{
    private const int Width = 420, Left = 44, Right = 14, Top = 34, PlotHeight = 210, Bottom = 42, Gap = 1;

    /// <summary>The drawing.</summary>
    internal Svg Draw()
    {
        const int bottom = Top + PlotHeight, right = Width - Right;
        AxisScale x = AxisScale.Linear([0, 1], Left, right), y = AxisScale.Linear([0, 1], bottom, Top);
        CalibrationBin[] bins = [.. Calibration.Bins.Where(bin => bin.Rows > 0)];
        string description = string.Create(CultureInfo.InvariantCulture, $"Reliability diagram, expected calibration error {Calibration.ExpectedError:0.0000}. ")
            + string.Join(' ', bins.Select(bin => $"{Hint(bin)}."));
        return new Svg(Width, bottom + Bottom, description, Markup.Of($"""
            {Svg.Text(Left, 16, "Calibration", kind: "chart-title")}
            {y.Ticks.Select(tick => Svg.Line("grid", Left, y.At(tick), right, y.At(tick)))}
            {y.Ticks.Select(tick => Svg.Text(Left - 7, y.At(tick) + 4, y.Text(tick), "end"))}
            {x.Ticks.Select(tick => Svg.Text(x.At(tick), bottom + 18, x.Text(tick), "middle"))}
            {bins.Select(Bar)}
            {Svg.Line("line line-1 dashed", x.At(0), y.At(0), x.At(1), y.At(1))}
            {Svg.Line("axis", Left, bottom, right, bottom)}
            {Svg.Text((Left + right) / 2, bottom + 36, "highest score; bars: accuracy; dashed: perfect calibration", "middle")}
            """));

        Markup Bar(CalibrationBin bin)
        {
            double height = y.At(0) - y.At(bin.Accuracy), left = x.At(bin.From) + Gap;
            return Markup.Of($"""<rect class="bar" x="{Svg.Place(left)}" y="{Svg.Place(y.At(bin.Accuracy))}" width="{Svg.Place(x.At(bin.To) - Gap - left)}" height="{Svg.Place(height)}" fill-opacity="0.55"><title>{Hint(bin)}</title></rect>""");
        }
    }

    private static string Hint(CalibrationBin bin) => string.Create(CultureInfo.InvariantCulture,
        $"scores {bin.From:0.0} to {bin.To:0.0}: {bin.Rows:N0} rows, mean score {bin.MeanScore:0.000}, accuracy {bin.Accuracy:0.000}");
}
