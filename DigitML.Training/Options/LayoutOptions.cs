using System.CommandLine;
using DigitML.Data;
using DigitML.Data.Layouts;

namespace DigitML.Training.Options;

/// <summary>The options that say how data files are laid out, where that is not found or not to be left to finding.</summary>
internal sealed class LayoutOptions
{
    private readonly Option<string?> label = Column("--label-column", "The column of the labels: its name, its number from 1, first, last, or none.");
    private readonly Option<string[]> ignore = new("--ignore-column") { HelpName = "COLUMN", Description = "A column to leave out. May be given several times." };
    private readonly Option<string?> id = Column("--id-column", "The column of the row ids, which submissions repeat.");
    private readonly Option<bool?> header = SwitchOption.Create("--header", "Whether the first row names the columns.");
    private readonly Option<PixelRange?> scale = new("--pixel-scale")
    {
        HelpName = "RANGE",
        Description = "The values of background and ink: 255, 1, 16, or both ends, as -1..1.",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (PixelRange.Parse(text) is { } range) return range;
            result.AddError($"--pixel-scale is \"{text}\"; it must be the value of ink, such as 16, or a range, such as -1..1.");
            return null;
        },
    };
    private readonly Option<bool?> invert = SwitchOption.Create("--invert", "Whether images are dark ink on light paper.");
    private readonly Option<bool?> transpose = SwitchOption.Create("--transpose", "Whether pixels stand column by column, as in EMNIST.");
    private readonly Option<int?> height = NumberOption.Whole("--height", "Rows of an image, where they are not square.", min: 1);
    private readonly Option<int?> width = NumberOption.Whole("--width", "Columns of an image, where they are not square.", min: 1);
    private readonly Option<int?> channels = NumberOption.OneOf("--channels", "Values per pixel: 1 for grey, 3 for RGB, 4 for RGBA; colours become grey.", 1, 3, 4);
    private readonly Option<bool?> planar = SwitchOption.Create("--planar", "Whether all values of a channel stand together, as in CIFAR.");
    private readonly Option<bool> asText = new("--labels-as-text") { Description = "Take labels as they are written: 5, 5.0 and 05 are three classes then." };
    private readonly Option<string?> names = FileOption.Optional("--label-names", "FILE", "Names for labels: a line for each, as \"0,T-shirt\", or the names alone, from label 0.");
    private readonly Option<string?> encoding = new("--encoding") { HelpName = "NAME", Description = "The text's encoding, such as windows-1252. [default: UTF-8, or UTF-16]" };

    internal void AddTo(Command command)
    {
        foreach (Option option in All) command.Add(option);
    }

    internal IEnumerable<Option> All => [label, ignore, id, header, scale, invert, transpose, height, width, channels, planar, asText, names, encoding];

    /// <summary>The layout as far as the options say it.</summary>
    /// <exception cref="DigitMLException">The file of label names cannot be read.</exception>
    internal FileLayout Read(ParseResult parsed)
    {
        var layout = new FileLayout
        {
            LabelColumn = parsed.GetValue(label),
            IgnoredColumns = parsed.GetValue(ignore) is { Length: > 0 } ignored ? ignored : null,
            IdColumn = parsed.GetValue(id),
            HasHeader = parsed.GetValue(header),
            PixelScale = parsed.GetValue(scale),
            Invert = parsed.GetValue(invert),
            Transpose = parsed.GetValue(transpose),
            Height = parsed.GetValue(height),
            Width = parsed.GetValue(width),
            Channels = parsed.GetValue(channels),
            Planar = parsed.GetValue(planar),
            LabelsAsText = parsed.GetValue(asText) ? true : null,
            LabelNames = parsed.GetValue(names) is { } file ? LabelNames.Read(file) : null,
            LabelNamesFile = parsed.GetValue(names),
            Encoding = parsed.GetValue(encoding),
        };
        return layout == FileLayout.Found ? FileLayout.Found : layout;
    }

    private static Option<string?> Column(string name, string description) => new(name) { HelpName = "COLUMN", Description = description };
}
