using System.Globalization;
using DigitML.Data.Layouts;

namespace DigitML.Experiments.CommandLines;

/// <summary>The options that say a file's layout, for commands that read the file again.</summary>
internal static class LayoutWords
{
    /// <summary>The words; none where everything is found.</summary>
    internal static string[] Of(FileLayout? layout) => layout is null ? [] :
    [
        .. Option("--label-column", layout.LabelColumn),
        .. (layout.IgnoredColumns ?? []).SelectMany(column => Option("--ignore-column", column)),
        .. Option("--id-column", layout.IdColumn),
        .. Option("--header", layout.HasHeader),
        .. Option("--pixel-scale", layout.PixelScale?.ToString()),
        .. Option("--invert", layout.Invert),
        .. Option("--transpose", layout.Transpose),
        .. Option("--height", layout.Height?.ToString(CultureInfo.InvariantCulture)),
        .. Option("--width", layout.Width?.ToString(CultureInfo.InvariantCulture)),
        .. Option("--channels", layout.Channels?.ToString(CultureInfo.InvariantCulture)),
        .. Option("--planar", layout.Planar),
        .. layout.LabelsAsText == true ? (string[])["--labels-as-text"] : [],
        .. Option("--label-names", layout.LabelNamesFile),
        .. Option("--encoding", layout.Encoding),
    ];

    private static string[] Option(string name, string? value) => value is null ? [] : [name, value];

    private static string[] Option(string name, bool? value) => value is { } said ? [name, said ? "yes" : "no"] : [];
}
