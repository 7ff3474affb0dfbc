using System.Globalization;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;
using Spectre.Console;
using Escaped = Spectre.Console.Markup;

namespace DigitML.Training.Terminals;

/// <summary>Charts drawn with characters, in colour where the terminal has colours.</summary>
internal static class TerminalCharts
{
    private const int Columns = 60, Lines = 12, DotsAcross = 2, DotsDown = 4, LabelWidth = 8;

    // Dots of a Braille character by column and row, and the first Braille character.
    private static readonly int[][] Dots = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];
    private const char Braille = '\u2800';

    private static readonly string[] Colors = ["blue", "red", "green", "purple", "olive", "teal"];

    /// <summary>Writes a line chart.</summary>
    internal static void Write(IAnsiConsole console, LineChart chart)
    {
        var points = chart.Lines.SelectMany(line => line.Points).ToArray();
        var x = AxisScale.Whole((int)points.Min(point => point.X), (int)points.Max(point => point.X), 0, Columns * DotsAcross - 1);
        IEnumerable<double> values = points.Select(point => point.Y);
        AxisScale y = chart.Axis.ScaleOf(values, Lines * DotsDown - 1, 0);
        var dots = new int[Lines, Columns];
        var colors = new int[Lines, Columns];
        foreach (Series line in chart.Lines) Draw(line, x, y, dots, colors);

        string legend = string.Join("  ", chart.Lines.Select(line => $"[{Color(line)}]{(line.IsDashed ? "╌╌" : "──")} {Escaped.Escape(line.Name)}[/]"));
        console.MarkupLine($"{new string(' ', LabelWidth + 1)}[bold]{Escaped.Escape(chart.Title)}[/]  {legend}");
        ILookup<int, double> ticks = y.Ticks.ToLookup(tick => (int)Math.Round(y.At(tick)) / DotsDown);
        for (int row = 0; row < Lines; row++)
        {
            string label = ticks[row].Any() ? chart.Axis.TickText(y, ticks[row].First()) : "";
            string cells = string.Concat(Enumerable.Range(0, Columns).Select(column => dots[row, column] == 0 ? " " : $"[{Colors[colors[row, column]]}]{(char)(Braille + dots[row, column])}[/]"));
            console.MarkupLine($"{label.PadLeft(LabelWidth)}{(label.Length > 0 ? '┤' : '│')}{cells}");
        }

        console.MarkupLine($"{new string(' ', LabelWidth)}└{new string('─', Columns)}");
        double from = points.Min(point => point.X), to = points.Max(point => point.X);
        string first = from == to ? "" : from.ToString(CultureInfo.InvariantCulture), last = string.Create(CultureInfo.InvariantCulture, $"{chart.XLabel} {to}");
        console.MarkupLine($"{new string(' ', LabelWidth + 1)}{first}{last.PadLeft(Columns - first.Length)}");
    }

    /// <summary>Writes a confusion matrix as a table of counts, shaded like <see cref="ConfusionHeatMap"/>.</summary>
    internal static void Write(IAnsiConsole console, ConfusionCounts matrix)
    {
        int mostMistakes = ConfusedPair.Of(matrix).FirstOrDefault()?.Count ?? 0;
        Table table = new Table().Border(TableBorder.None).AddColumn(new TableColumn("actual").RightAligned());
        IReadOnlyList<int> keys = matrix.ShownKeys();
        foreach (int key in keys) table.AddColumn(new TableColumn($"[bold]{Escaped.Escape(matrix.Labels[key])}[/]").RightAligned());
        foreach (int actual in keys)
        {
            table.AddRow([$"[bold]{Escaped.Escape(matrix.Labels[actual])}[/]", .. keys.Select(predicted => Cell(matrix.Counts[actual][predicted], actual == predicted, mostMistakes))]);
        }

        console.Write(table);
    }

    private static string Cell(int count, bool isRight, int mostMistakes)
    {
        if (count == 0) return "[grey]·[/]";
        if (isRight) return $"[black on green]{count}[/]";
        return count * 2 > mostMistakes ? $"[white on red]{count}[/]" : $"[white on maroon]{count}[/]";
    }

    private static void Draw(Series line, AxisScale x, AxisScale y, int[,] dots, int[,] colors)
    {
        for (int i = 0; i < line.Points.Count; i++)
        {
            (double toX, double toY) = (x.At(line.Points[i].X), y.At(line.Points[i].Y));
            (double fromX, double fromY) = i == 0 ? (toX, toY) : (x.At(line.Points[i - 1].X), y.At(line.Points[i - 1].Y));
            int steps = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY))));
            for (int step = 0; step <= steps; step++)
            {
                int px = (int)Math.Round(fromX + (toX - fromX) * step / steps), py = (int)Math.Round(fromY + (toY - fromY) * step / steps);
                if (line.IsDashed && px / 3 % 2 == 1) continue;
                dots[py / DotsDown, px / DotsAcross] |= Dots[px % DotsAcross][py % DotsDown];
                colors[py / DotsDown, px / DotsAcross] = line.Color % Colors.Length;
            }
        }
    }

    private static string Color(Series line) => Colors[line.Color % Colors.Length];
}
