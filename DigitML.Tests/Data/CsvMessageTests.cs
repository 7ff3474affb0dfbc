using DigitML.Data;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

public sealed class CsvMessageTests : DataFolder
{
    [Fact]
    public void A_missing_file() => Assert.Equal("train.csv: there is no such file; check the path.", FailureOfReading(PathOf("train.csv")));

    [Fact]
    public void A_folder()
    {
        Directory.CreateDirectory(PathOf("data"));
        Assert.Equal("data is a folder without pictures (PNG, JPEG, BMP, PGM, PPM); name a folder that holds some, or a file of rows.", FailureOf(() => DigitFiles.Load(PathOf("data"))).Replace(PathOf("data"), "data", StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_file()
    {
        Assert.Equal("train.csv is empty; it must contain rows of pixels.", FailureOfReading(Write("train.csv", "")));
        Assert.Equal("blank.csv is empty; it must contain rows of pixels.", FailureOfReading(Write("blank.csv", "\n\r\n\n")));
        Assert.Equal("train.csv.gz is empty; it must contain rows of pixels.", FailureOfReading(Write("train.csv.gz", Gzip([]))));
    }

    [Fact]
    public void A_header_without_rows() => Assert.Equal("train.csv has a header but no rows.", FailureOfReading(Write("train.csv", "label,pixel0\n")));

    [Fact]
    public void A_file_that_is_no_gzip_data() => Assert.Equal(
        "train.csv.gz is not gzip data, although its name ends in .gz; rename it or download it again.", FailureOfReading(Write("train.csv.gz", "label,pixel0\n7,1\n")));

    [Fact]
    public void A_damaged_zip_archive() => Assert.Equal(
        "train.csv.zip: the zip archive is damaged or encrypted; download the file again.", FailureOfReading(Write("train.csv.zip", [0x50, 0x4B, 3, 4, 20, 0])));

    [Fact]
    public void Gzip_data_that_is_cut_off_anywhere()
    {
        byte[] packed = Gzip(System.Text.Encoding.UTF8.GetBytes("label,pixel0\n" + string.Concat(Enumerable.Range(0, 300).Select(row => $"{row % 7},{row * 89 % 256}\n"))));
        for (int length = 2; length < packed.Length; length += length < 30 ? 1 : 13)
        {
            Assert.Equal("train.csv.gz: the gzip data is truncated or damaged; download the file again.", FailureOfReading(Write("train.csv.gz", packed[..length])));
        }
    }

    [Fact]
    public void Gzip_data_with_a_wrong_byte()
    {
        byte[] packed = Gzip(System.Text.Encoding.UTF8.GetBytes("label,pixel0\n" + string.Concat(Enumerable.Range(0, 300).Select(row => $"{row % 7},{row * 89 % 256}\n"))));
        packed[^6] ^= 1;

        Assert.Equal("train.csv.gz: the gzip data is truncated or damaged; download the file again.", FailureOfReading(Write("train.csv.gz", packed)));
    }

    [Theory]
    [InlineData("label,pixel0\n7,1\n7\n", "train.csv:3: has 1 column, not 2 like the first row.")]
    [InlineData("label,pixel0\n7,1\n\n7,1,2\n", "train.csv:4: has 3 columns, not 2 like the first row.")]
    [InlineData("A,1,2,3,4\r\nA,1,2,3,4\r\nA,1\r\n", "train.csv:3: has 2 columns, not 5 like the first row.")]
    public void A_wrong_number_of_columns(string text, string message) => Check(text, message);

    [Theory]
    [InlineData("2x6")]
    [InlineData("")]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("0x1F")]
    [InlineData("1 2")]
    [InlineData("1e999")]
    public void A_value_that_is_no_number(string value)
    {
        Check($"label,pixel0,pixel1,pixel2,pixel3\n7,1,2,3,4\n7,1,2,{value},4\n", $"train.csv:3: pixel2 is \"{value}\"; a pixel is a number, such as 0 to 255.");
        Check($"label,1x1,1x2,2x1,2x2\n7,1,2,3,{value}\n", $"train.csv:2: 2x2 is \"{value}\"; a pixel is a number, such as 0 to 255.");
        Check($"A,1,2,3,4\nB,1,2,{value},4\n", $"train.csv:2: pixel2 is \"{value}\"; a pixel is a number, such as 0 to 255.");
    }

    [Theory]
    [InlineData("256", "256", "0..256")]
    [InlineData("-1", "-1", "-1..200")]
    [InlineData("1e3", "1000", "0..1000")]
    [InlineData("-0.5", "-0.5", "-0.5..200")]
    public void A_value_that_is_not_in_any_usual_range(string value, string shown, string range) => Check(
        $"label,pixel0,pixel1,pixel2,pixel3\n7,0,2,200,4\n7,1,2,{value},4\n",
        $"train.csv:3: pixel2 is {shown}; pixels are 0 to 255, 0 to 1, -1 to 1 or 0 to 16. Correct it, or say the range: --pixel-scale {range}.");

    [Theory]
    [InlineData("label,pixel0\n,1\n", "train.csv:2: label is missing; every row needs a label, so add it or remove the row.")]
    [InlineData("class,pixel0\n7,1\n  ,1\n", "train.csv:3: class is missing; every row needs a label, so add it or remove the row.")]
    [InlineData("label,pixel0\n\"\",1\n", "train.csv:2: label is missing; every row needs a label, so add it or remove the row.")]
    [InlineData("label,pixel0\n7,1\nnan,1\n", "train.csv:3: label is \"nan\", which means that it is missing; every row needs a label, so add it or remove the row.")]
    public void A_missing_label(string text, string message) => Assert.Equal(message, FailureOfReading(Write("train.csv", text + "7,255\n"), new DigitFileOptions { RequireLabels = true }));

    [Theory]
    [InlineData("label,pixel0,pixel0\n7,1,1\n", "train.csv:1: column 3 is \"pixel0\", as is column 2; column names must be unique.")]
    [InlineData("label,pixel0,Label\n7,1,1\n", "train.csv:1: column 3 is \"Label\", as is column 1; column names must be unique.")]
    public void A_column_that_is_there_twice(string text, string message) => Check(text, message);

    [Fact]
    public void Two_columns_that_could_be_the_label() => Assert.Equal(
        "train.csv: several columns could be the label: column 1 \"label\", column 3 \"class\"; say which with --label-column.",
        FailureOfReading(Write("train.csv", "label,pixel0,class\n7,1,1\n8,255,2\n"), new DigitFileOptions { RequireLabels = true }));

    [Theory]
    [InlineData("label,pixel0,pixel1\n7,1,2\n", "train.csv: its rows have 2 pixels, which make no square image (1x1 has 1); say --height and --width, or --channels.")]
    [InlineData("label\n7\n", "train.csv holds labels, but there is no file of images beside it; name the images file.")]
    [InlineData("7,1,2,3,4,5,6,7\n", "train.csv: 8 columns of numbers make no square image, nor with one of them as the label (3x3 has 9); say --height and --width, and --label-column.")]
    public void An_image_that_is_not_square(string text, string message) => Check(text, message);

    [Theory]
    [InlineData("label,pixel0\n7,1\n\"7,1\n8,2\n")]
    [InlineData("label,pixel0\n7,1\n\"7\"8,1\n")]
    [InlineData("label,pixel0\n7,1\n7\",1\n")]
    public void A_quote_that_is_out_of_place(string text) => Check(
        text, "train.csv:3: a quoted field is not closed on its line, or a quote is inside a field; close it, and double a quote that is part of the text.");

    [Fact]
    public void Labels_that_are_needed_and_not_there() => Assert.Equal(
        "test.csv has no labels, which are needed here; add a column named label, or say which it is with --label-column.",
        FailureOfReading(Write("test.csv", "pixel0\n7\n"), new DigitFileOptions { RequireLabels = true }));

    [Fact]
    public void A_label_that_is_unknown()
    {
        string path = Write("test.csv", "label,pixel0\n7,1\nx,2\n");

        Assert.Equal(
            "test.csv:3: label is \"x\", which is not among the 2 known labels (2, 7); correct it or remove the row.",
            FailureOfReading(path, new DigitFileOptions { LabelMap = new LabelMap(["2", "7"]) }));
        Assert.Equal(
            "test.csv:2: label is \"7\", which is not among the 14 known labels (a, b, c, d, e, f, g, h, i, j, k, l, ...); correct it or remove the row.",
            FailureOfReading(path, new DigitFileOptions { LabelMap = new LabelMap("abcdefghijklmn".Select(letter => $"{letter}")) }));
    }

    [Fact]
    public void A_picture_in_the_place_of_a_csv_file() => Assert.Equal(
        "digit.png is one picture, not a file of rows; digitml predict --image reads it, and for training name a folder of pictures.",
        FailureOfReading(Write("digit.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13])));

    private void Check(string text, string message) => Assert.Equal(message, FailureOfReading(Write("train.csv", text)));
}
