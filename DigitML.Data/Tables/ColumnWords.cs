using System.Collections.Frozen;

namespace DigitML.Data.Tables;

/// <summary>The names that people give to columns that hold no pixels.</summary>
internal static class ColumnWords
{
    private static readonly FrozenSet<string> Labels = FrozenSet.ToFrozenSet(
        [
            "label", "labels", "class", "classes", "class_label", "classlabel", "class_id", "classid", "target", "targets", "y", "y_train", "y_test", "y_true", "digit", "digits",
            "number", "character", "char", "letter", "symbol", "symbol_id", "emotion", "category", "truth", "ground_truth", "answer", "expected", "output", "gesture", "etiqueta",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Ids = FrozenSet.ToFrozenSet(
        [
            "id", "ids", "imageid", "image_id", "img_id", "index", "idx", "level_0", "row", "rows", "rowid", "row_id", "row_number", "rownum", "rownames", "row.names", "row_names",
            "no", "no.", "nr", "#", "n", "key", "sample", "sample_id", "sampleid", "uuid", "guid", "filename", "file_name", "file", "path", "image_path", "image_name", "line",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>True if the name says that a column holds labels.</summary>
    public static bool IsLabel(string name) => Labels.Contains(Plain(name));

    /// <summary>True if the name says that a column holds row numbers or ids.</summary>
    public static bool IsId(string name) => Ids.Contains(Plain(name));

    /// <summary>True for a column without a name, as pandas and R write row numbers.</summary>
    public static bool IsUnnamed(string name) => name.Length == 0 || name.StartsWith("__index_level_", StringComparison.Ordinal) || name.StartsWith("Unnamed:", StringComparison.OrdinalIgnoreCase);

    private static string Plain(string name) => name.Trim().Replace(' ', '_').Replace('-', '_');
}
