using System.Globalization;
using DigitML.Data.Rows;
using DigitML.Engine.Datasets;

namespace DigitML.Data.Tables;

/// <summary>What the values of a column look like.</summary>
internal sealed class ColumnValues
{
    private readonly string[] cells;
    private readonly Lazy<string?[]> labels;
    private readonly Lazy<string[]> different;

    /// <param name="cells">The cells of the column, from top to bottom.</param>
    public ColumnValues(IEnumerable<string> cells)
    {
        this.cells = [.. cells];
        labels = new Lazy<string?[]>(() => Array.ConvertAll(this.cells, cell => LabelText.Of(cell, isText: false)));
        different = new Lazy<string[]>(() => [.. Labels.OfType<string>().Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>True if no cell has a value.</summary>
    public bool IsEmpty => Array.TrueForAll(cells, string.IsNullOrWhiteSpace);

    /// <summary>True if every cell holds the pixels of an image.</summary>
    public bool IsList => cells.Length > 0 && Array.TrueForAll(cells, cell => string.IsNullOrWhiteSpace(cell) || PixelList.IsOne(cell)) && !IsEmpty;

    /// <summary>True if most values are no numbers.</summary>
    public bool IsText
    {
        get
        {
            string[] texts = Array.FindAll(cells, cell => !PixelText.IsNumber(cell));
            int present = texts.Length == 0 ? 0 : Labels.Count(label => label is not null);
            return !IsList && 2 * texts.Count(text => LabelText.Of(text, isText: false) is { } label && !PixelText.IsNumber(label)) > present;
        }
    }

    /// <summary>True if all values are whole numbers.</summary>
    public bool IsWhole => Different > 0 && Array.TrueForAll(different.Value, label => LabelText.Whole(label) is not null);

    /// <summary>Number of rows.</summary>
    public int Count => cells.Length;

    /// <summary>Number of different values.</summary>
    public int Different => different.Value.Length;

    /// <summary>True if every row has the same value.</summary>
    public bool IsConstant => Different <= 1;

    /// <summary>True if the values are row numbers: n, n + 1, n + 2, ...</summary>
    public bool CountsUp
    {
        get
        {
            if (cells.Length < 3 || !Number(0, out long first)) return false;
            for (int row = 1; row < cells.Length; row++)
            {
                if (!Number(row, out long number) || number != first + row) return false;
            }

            return true;
        }
    }

    /// <summary>How well the values do as labels.</summary>
    /// <param name="known">The labels of a model; null if not known.</param>
    public LabelLikeness AsLabels(LabelMap? known)
    {
        if (IsEmpty || IsList) return LabelLikeness.None;
        if (known is not null && AreIn(known)) return LabelLikeness.Strong;
        if (IsText) return LabelLikeness.Certain;
        if (!IsWhole || cells.Length > 20 && 2 * Different > cells.Length) return LabelLikeness.None;
        long[] numbers = [.. different.Value.Select(label => long.Parse(label, CultureInfo.InvariantCulture)).Order()];
        bool isRange = numbers[0] is 0 or 1 && numbers[^1] - numbers[0] == numbers.Length - 1;
        return isRange && numbers.Length > 1 ? LabelLikeness.Strong : LabelLikeness.Weak;
    }

    /// <summary>True if all values are labels of a model.</summary>
    public bool AreIn(LabelMap known) => Different > 0 && different.Value.All(label => known.TryGetKey(label, out _));

    /// <summary>The share of rows whose value is also that of another column, as corner pixels are mostly like their neighbours.</summary>
    public double Agreement(ColumnValues neighbour) =>
        cells.Length == 0 ? 0 : (double)Labels.Zip(neighbour.Labels).Count(pair => pair.First == pair.Second) / cells.Length;

    private string?[] Labels => labels.Value;

    private bool Number(int row, out long number) => long.TryParse(Labels[row], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}

/// <summary>How well values do as labels.</summary>
internal enum LabelLikeness
{
    /// <summary>They cannot be labels.</summary>
    None,

    /// <summary>They are whole numbers of few kinds.</summary>
    Weak,

    /// <summary>They count classes from 0 or 1, or are the labels of the model.</summary>
    Strong,

    /// <summary>They are texts.</summary>
    Certain,
}
