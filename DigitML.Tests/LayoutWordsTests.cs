using DigitML.Data.Layouts;
using DigitML.Experiments.CommandLines;

namespace DigitML.Tests;

public sealed class LayoutWordsTests
{
    [Fact]
    public void What_was_said_about_a_file_is_said_again()
    {
        var layout = new FileLayout
        {
            LabelColumn = "last", IgnoredColumns = ["1", "fold"], IdColumn = "id", HasHeader = false, PixelScale = new PixelRange(-1, 1), Invert = true, Transpose = true, Height = 20, Width = 16,
            Channels = 3, Planar = false, LabelsAsText = true, LabelNamesFile = "names.txt", Encoding = "windows-1252",
        };
        Assert.Equal(
            "--label-column last --ignore-column 1 --ignore-column fold --id-column id --header no --pixel-scale -1..1 --invert yes --transpose yes --height 20 --width 16 --channels 3 --planar no "
            + "--labels-as-text --label-names names.txt --encoding windows-1252",
            string.Join(' ', LayoutWords.Of(layout)));
        Assert.Empty(LayoutWords.Of(FileLayout.Found));
        Assert.Empty(LayoutWords.Of(null));
    }
}
