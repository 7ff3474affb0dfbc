using System.Globalization;

namespace DigitML.Data.Layouts;

/// <summary>A column as a user names it: by its name in the header, its number from 1, or the words <c>first</c>, <c>last</c>, <c>none</c>.</summary>
internal static class ColumnChoice
{
    /// <summary>Finds the column; −1 for none, null if there is no such column. A name in the header comes before a number.</summary>
    public static int? Find(string choice, IReadOnlyList<string> names, bool hasHeader)
    {
        if (hasHeader)
        {
            for (int column = 0; column < names.Count; column++)
            {
                if (names[column].Equals(choice, StringComparison.OrdinalIgnoreCase)) return column;
            }
        }

        return choice.ToUpperInvariant() switch
        {
            "FIRST" => 0,
            "LAST" => names.Count - 1,
            "NONE" => -1,
            _ => int.TryParse(choice, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= names.Count ? number - 1 : null,
        };
    }
}
