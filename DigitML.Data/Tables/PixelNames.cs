using System.Text;
using DigitML.Data.Layouts;

namespace DigitML.Data.Tables;

/// <summary>
/// The places that the names of columns give to pixels: <c>pixel0, pixel1, ...</c> with any word, <c>1x1, 1x2, ...</c>, <c>r0c0</c>, <c>pixel_0_0</c>, with a third
/// number for the channel.
/// </summary>
/// <param name="Columns">The column of each pixel, in the order of the image.</param>
/// <param name="Shape">The size that the names give; null if they only count.</param>
/// <param name="IsColumnByColumn">True if names of two numbers without words stand column by column, which may also be (x, y) row by row.</param>
internal sealed record PixelNames(int[] Columns, ImageShape? Shape, bool IsColumnByColumn = false)
{
    /// <summary>The name of a pixel of a file without a header.</summary>
    public static string Default(int pixel) => $"pixel{pixel}";

    /// <summary>Finds the columns whose names count pixels; null if fewer than half of the names do.</summary>
    /// <param name="names">All names.</param>
    /// <param name="candidates">The columns that may hold pixels.</param>
    public static PixelNames? Find(IReadOnlyList<string> names, IReadOnlyList<int> candidates)
    {
        var series = candidates.Select(column => (Column: column, Name: PixelName.Of(names[column]))).GroupBy(entry => entry.Name.Word, StringComparer.OrdinalIgnoreCase)
            .MaxBy(group => group.Count());
        if (series is null || 2 * series.Count() < candidates.Count) return null;
        PixelName[] found = [.. series.Select(entry => entry.Name)];
        int[] columns = [.. series.Select(entry => entry.Column)];
        int[] counting = [.. Enumerable.Range(0, found[0].Numbers.Length).Where(i => found.Any(name => name.Numbers[i] != found[0].Numbers[i]))];
        if (found.Length == 1 && found[0].Numbers.Length > 0) counting = [found[0].Numbers.Length - 1];
        int[][] numbers = [.. found.Select(name => counting.Select(i => name.Numbers[i]).ToArray())];
        return counting.Length switch
        {
            1 => Counted(columns, numbers),
            2 or 3 => Placed(columns, numbers, found[0].Letters(counting)),
            _ => null,
        };
    }

    private static PixelNames? Counted(int[] columns, int[][] numbers)
    {
        int[] order = [.. Enumerable.Range(0, columns.Length).OrderBy(i => numbers[i][0])];
        int start = numbers[order[0]][0];
        bool isWhole = order.Select((i, place) => numbers[i][0] == start + place).All(isNext => isNext);
        return isWhole ? new PixelNames([.. order.Select(i => columns[i])], Shape: null) : null;
    }

    private static PixelNames? Placed(int[] columns, int[][] numbers, string[] letters)
    {
        int[] starts = [.. Enumerable.Range(0, numbers[0].Length).Select(axis => numbers.Min(place => place[axis]))];
        int[] sizes = [.. Enumerable.Range(0, numbers[0].Length).Select(axis => numbers.Max(place => place[axis]) - starts[axis] + 1)];
        if (sizes.Aggregate(1L, (product, size) => product * size) != columns.Length) return null;
        bool isWord = IsRow(letters[0]) && IsColumn(letters[1]), isSwapped = IsColumn(letters[0]) && IsRow(letters[1]);
        (int row, int column) = isSwapped ? (1, 0) : (0, 1);
        int channels = sizes.Length == 3 ? sizes[2] : 1;
        var ordered = new int[columns.Length];
        Array.Fill(ordered, -1);
        for (int i = 0; i < columns.Length; i++)
        {
            int[] place = [.. numbers[i].Select((number, axis) => number - starts[axis])];
            ordered[(place[row] * sizes[column] + place[column]) * channels + (channels > 1 ? place[2] : 0)] = columns[i];
        }

        if (ordered.Contains(-1)) return null;
        bool isColumnByColumn = !isWord && !isSwapped && numbers.Length > 1 && sizes[0] > 1 && numbers[1][0] != numbers[0][0] && numbers[1][1] == numbers[0][1];
        return new PixelNames(isColumnByColumn ? columns : ordered, new ImageShape(sizes[row], sizes[column], channels), isColumnByColumn);
    }

    private static bool IsRow(string word) => word is "r" or "row" or "y" or "h" or "i" or "line";

    private static bool IsColumn(string word) => word is "c" or "col" or "column" or "x" or "w" or "j";

    /// <summary>A name taken apart: its words, with a zero for each number, and the numbers.</summary>
    private sealed record PixelName(string Word, int[] Numbers)
    {
        private const char Number = '\0';

        public static PixelName Of(string name)
        {
            var word = new StringBuilder();
            var numbers = new List<int>();
            for (int i = 0; i < name.Length;)
            {
                int end = i;
                while (end < name.Length && char.IsAsciiDigit(name[end])) end++;
                if (end == i)
                {
                    word.Append(name[i] == Number ? ' ' : name[i]);
                    i++;
                }
                else
                {
                    word.Append(Number);
                    numbers.Add(int.TryParse(name.AsSpan(i, end - i), out int number) ? number : -1);
                    i = end;
                }
            }

            return new PixelName(word.ToString().Trim(), [.. numbers]);
        }

        /// <summary>The letters before each of the given numbers, in lower case.</summary>
        public string[] Letters(int[] positions)
        {
            string[] words = Word.Split(Number);
            return [.. positions.Select(i => string.Concat(words[i].Where(char.IsAsciiLetter)).ToLowerInvariant())];
        }
    }
}
