using System.Text;
using DigitML.Data;
using DigitML.Data.Layouts;
using DigitML.Data.Rows;

namespace DigitML.Tests.Data;

/// <summary>Labels that are spelt in several ways, encodings, and names for labels.</summary>
public sealed class LabelSpellingTests : DataFolder
{
    [Theory]
    [InlineData("5", "5")]
    [InlineData("5.0", "5")]
    [InlineData("05", "5")]
    [InlineData("5.000e+00", "5")]
    [InlineData("'5'", "5")]
    [InlineData(" 5", "5")]
    [InlineData("+5", "5")]
    [InlineData("5.", "5")]
    [InlineData("\uFEFF5", "5")]
    [InlineData("\u200B5\u00A0", "5")]
    [InlineData("-0", "0")]
    [InlineData("5.5", "5.5")]
    [InlineData("\"a\"", "a")]
    [InlineData("\u201Ca\u201D", "a")]
    [InlineData("'", "'")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData("\u0C95\u0CCD\u200D\u0CB7", "\u0C95\u0CCD\u200D\u0CB7")]
    [InlineData("nan", null)]
    [InlineData("NA", null)]
    [InlineData("<NA>", null)]
    [InlineData("?", null)]
    [InlineData("  ", null)]
    [InlineData("\u200B", null)]
    public void A_text_stands_for_one_label(string text, string? label) => Assert.Equal(label, LabelText.Of(text, isText: false));

    [Fact]
    public void Spellings_of_one_number_are_one_class_and_told()
    {
        string path = Write("a.csv", "label,pixel0\n5,1\n5.0,2\n05,3\n7,255\n");

        DigitFile file = DigitFiles.Load(path);

        Assert.Equal("5 5 5 7", LabelsOf(file.Dataset));
        Assert.EndsWith("; one label in several spellings: 5 (also \"5.0\", \"05\")", file.Reading, StringComparison.Ordinal);
        Assert.Equal("5 5.0 05 7", LabelsOf(DigitFiles.Read(path, new DigitFileOptions { Layout = new FileLayout { LabelsAsText = true } })));
    }

    [Fact]
    public void Missing_labels_are_told()
    {
        DigitFile file = DigitFiles.Load(Write("a.csv", "label,pixel0\n5,1\nnan,2\n,3\n7,255\n"));
        Assert.Equal(("5 - - 7", "label: column 1 \"label\" (2 classes, missing in 2 rows); pixels 0 to 255"), (LabelsOf(file.Dataset), file.Reading));
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    public void Unicode_is_found(string name, bool isMarked)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] text = encoding.GetBytes("label,pixel0\nä,1\nö,2\nß,255\n");
        Assert.Equal("ä ö ß", LabelsOf(DigitFiles.Read(Write("a.csv", isMarked ? [.. encoding.GetPreamble(), .. text] : text))));
    }

    [Theory]
    [InlineData("windows-1252", "ä ö ß")]
    [InlineData("shift_jis", "あ い う")]
    public void Other_encodings_are_named(string name, string labels)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        string[] all = labels.Split(' ');
        string path = Write("a.csv", Encoding.GetEncoding(name).GetBytes($"label,pixel0\n{all[0]},1\n{all[1]},2\n{all[2]},255\n"));
        Assert.Equal("a.csv:2: label is not UTF-8 text; name the file's encoding, such as --encoding windows-1252.", FailureOfReading(path));
        Assert.Equal(labels, LabelsOf(DigitFiles.Read(path, new DigitFileOptions { Layout = new FileLayout { Encoding = name } })));
        Assert.Equal(
            "--encoding is \"klingon\", which is no encoding; name one such as utf-8, utf-16, windows-1252 or shift_jis.",
            FailureOfReading(path, new DigitFileOptions { Layout = new FileLayout { Encoding = "klingon" } }));
    }

    [Theory]
    [InlineData("0,zero\n1,one\n")]
    [InlineData("zero\none\n")]
    [InlineData("1 one\n0 zero\n")]
    [InlineData("0: zero\r\n1: one\r\n")]
    public void Labels_get_names(string names)
    {
        string path = Write("a.csv", "label,pixel0\n1,1\n0,2\n1,255\n"), file = Write("names.txt", names);
        Assert.Equal("one zero one", LabelsOf(DigitFiles.Read(path, new DigitFileOptions { Layout = new FileLayout { LabelNames = LabelNames.Read(file) } })));
    }

    [Fact]
    public void Names_may_be_codes_of_characters_as_in_EMNIST() =>
        Assert.Equal(["0 0", "10 A", "36 a"], LabelNames.Read(Write("mapping.txt", "0 48\n10 65\n36 97\n")).Select(pair => $"{pair.Key} {pair.Value}"));

    [Fact]
    public void Names_that_do_not_fit_are_told()
    {
        string path = Write("a.csv", "label,pixel0\n1,1\n7,255\n"), names = Write("names.txt", "0,zero\n1,one\n");
        Assert.Equal(
            "\"7\" is a label that --label-names has no name for; it names 0, 1.",
            FailureOfReading(path, new DigitFileOptions { Layout = new FileLayout { LabelNames = LabelNames.Read(names) } }));
        Assert.Equal("n.txt names the label \"1\" twice; each label has one line.", FailureOf(() => LabelNames.Read(Write("n.txt", "1,a\n1,b\n"))).Replace(PathOf(""), "", StringComparison.Ordinal));
        Assert.Equal(
            "n.txt has the name \"a\" for the labels 1 and 2; each name stands for one label.",
            FailureOf(() => LabelNames.Read(Write("n.txt", "1,a\n2,a\n"))).Replace(PathOf(""), "", StringComparison.Ordinal));
    }
}
