using DigitML.Data.Layouts;
using DigitML.Engine;

namespace DigitML.Data.Tables;

/// <summary>Finds the label by the values of the columns at both ends, where neither a choice nor a name tells it.</summary>
/// <param name="file">For messages.</param>
/// <param name="columns">The values.</param>
/// <param name="layout">The size of the images, if it is said.</param>
/// <param name="needs">What the rows are for.</param>
internal sealed class LabelSearch(string file, EdgeColumns columns, FileLayout layout, RowNeeds needs)
{
    private const int FewRows = 10, MostClasses = 1000;
    private const double PixelAgreement = 0.6;

    /// <summary>Finds it among columns of numbers that hold the pixels, and perhaps a label and row numbers.</summary>
    /// <exception cref="DigitMLException">It may be in several columns, or no number of columns makes an image.</exception>
    public LabelPlace Find(int[] open)
    {
        if (open.Length < 2 || Fits(open.Length)) return LabelPlace.None;
        if (Fits(open.Length - 1)) return FindOne(open, []);
        if (Fits(open.Length - 2) && open.Length > 3 && WithoutRowNumbers(open) is { } found) return found;
        if (FindOneHot(open) is { } classes) return new LabelPlace(-1, [], classes);
        int near = Math.Max((int)Math.Round(Math.Sqrt(open.Length)), 1);
        throw new DigitMLException($"{file}: {open.Length} columns of numbers make no square image, nor with one of them as the label ({near}x{near} has {near * near}); say --height and --width, and --label-column.");
    }

    /// <summary>Finds row numbers beside the pixels, where the label is known.</summary>
    public LabelPlace FindRowNumbers(int[] open)
    {
        if (open.Length < 2 || Fits(open.Length) || !Fits(open.Length - 1)) return LabelPlace.None;
        int[] counting = [.. new[] { open[0], open[^1] }.Where(column => columns.Values(column).CountsUp)];
        return counting.Length == 1 ? new LabelPlace(-1, counting, []) : LabelPlace.None;
    }

    private LabelPlace FindOne(int[] open, int[] rowNumbers)
    {
        LabelPlace? place = Decide(open, rowNumbers);
        if (place is null && columns.HasMore)
        {
            columns.ReadAll([.. open.Take(3), .. open.TakeLast(3)]);
            place = Decide(open, rowNumbers);
        }

        return place ?? throw new DigitMLException(
            $"{file}: column {open[0] + 1} or column {open[^1] + 1} is the label, and their values do not tell which; say --label-column first, last or none.");
    }

    private LabelPlace? Decide(int[] open, int[] rowNumbers)
    {
        ColumnValues first = columns.Values(open[0]), last = columns.Values(open[^1]);
        int counting = CountsRows(first) ? open[0] : CountsRows(last) ? open[^1] : -1;
        if (counting >= 0) return first.Count > FewRows || !needs.AreLabelsNeeded ? new LabelPlace(-1, [.. rowNumbers, counting], []) : null;

        bool isFirst = IsLabel(first, columns.Values(open[1]), last, columns.Values(open[^2]));
        bool isLast = IsLabel(last, columns.Values(open[^2]), first, columns.Values(open[1]));
        return isFirst == isLast ? null : new LabelPlace(isFirst ? open[0] : open[^1], rowNumbers, []);
    }

    private bool CountsRows(ColumnValues values) => values.CountsUp && (needs.Labels is null || !values.AreIn(needs.Labels));

    // A corner pixel is mostly like its neighbour; a label is not.
    private bool IsLabel(ColumnValues values, ColumnValues neighbour, ColumnValues other, ColumnValues othersNeighbour)
    {
        LabelLikeness likeness = values.AsLabels(needs.Labels), othersLikeness = other.AsLabels(needs.Labels);
        if (likeness == LabelLikeness.None) return false;
        bool isLikePixel = values.Agreement(neighbour) > PixelAgreement, isOtherLikePixel = other.Agreement(othersNeighbour) > PixelAgreement;
        if (isLikePixel != isOtherLikePixel) return isOtherLikePixel;
        return !isLikePixel && (othersLikeness == LabelLikeness.None || likeness > othersLikeness);
    }

    private LabelPlace? WithoutRowNumbers(int[] open)
    {
        if (columns.Values(open[0]).CountsUp && (columns.Values(open[0]).Count > FewRows || !needs.AreLabelsNeeded)) return FindOne(open[1..], [open[0]]);
        if (columns.Values(open[^1]).CountsUp && (columns.Values(open[^1]).Count > FewRows || !needs.AreLabelsNeeded)) return FindOne(open[..^1], [open[^1]]);
        return null;
    }

    private int[]? FindOneHot(int[] open)
    {
        for (int classes = 2; classes <= Math.Min(open.Length - 1, MostClasses); classes++)
        {
            if (!Fits(open.Length - classes)) continue;
            if (columns.AreOneHot(open[^classes..])) return open[^classes..];
            if (columns.AreOneHot(open[..classes])) return open[..classes];
        }

        return null;
    }

    private bool Fits(int count)
    {
        if (layout.Height is { } height && layout.Width is { } width) return IsSize(count, height * width);
        if (layout.Height is { } rows) return count % rows == 0;
        if (layout.Width is { } width2) return count % width2 == 0;
        if (needs.Height is { } needed && IsSize(count, needed * needs.Width!.Value)) return true;
        return layout.Channels is { } channels
            ? count % channels == 0 && ImageShape.SideOf(count / channels) > 0
            : ImageShape.SideOf(count) > 0 || count % 3 == 0 && ImageShape.SideOf(count / 3) > 0;
    }

    private bool IsSize(int count, int size) => layout.Channels is { } channels ? count == size * channels : count == size || count == 3 * size || count == 4 * size;
}

/// <summary>Where the label is.</summary>
/// <param name="Label">Its column, or −1.</param>
/// <param name="RowNumbers">Columns of row numbers.</param>
/// <param name="OneHot">Columns of one-hot labels.</param>
internal sealed record LabelPlace(int Label, IReadOnlyList<int> RowNumbers, IReadOnlyList<int> OneHot)
{
    /// <summary>There is no label.</summary>
    public static LabelPlace None { get; } = new(-1, [], []);
}
