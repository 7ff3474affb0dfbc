using System.IO.Compression;
using System.Text;
using DigitML.Data;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

public sealed class CsvDigitWriterTests : DataFolder
{
    private static readonly DigitDataset Dataset = new("a", 2, 2, [0, 1, 2, 3, 255, 9, 10, 100], [1, 0], new LabelMap(["0", "a,\"b\""]));

    [Fact]
    public void Writes_kaggles_columns()
    {
        CsvDigitWriter.Write(PathOf("a.csv"), Dataset);

        Assert.Equal("label,pixel0,pixel1,pixel2,pixel3\n\"a,\"\"b\"\"\",0,1,2,3\n0,255,9,10,100\n", File.ReadAllText(PathOf("a.csv")));
    }

    [Fact]
    public void Rows_without_labels_have_no_label_column()
    {
        CsvDigitWriter.Write(PathOf("a.csv"), new DigitDataset("a", 1, 1, [5, 6], [-1, -1], new LabelMap(["0"])));

        Assert.Equal("pixel0\n5\n6\n", File.ReadAllText(PathOf("a.csv")));
    }

    [Fact]
    public void Packs_when_the_name_asks_for_it_the_same_bytes_every_time()
    {
        CsvDigitWriter.Write(PathOf("a.csv"), Dataset);
        CsvDigitWriter.Write(PathOf("a.csv.gz"), Dataset);
        byte[] packed = File.ReadAllBytes(PathOf("a.csv.gz"));
        File.SetLastWriteTimeUtc(PathOf("a.csv.gz"), DateTime.UnixEpoch);
        CsvDigitWriter.Write(PathOf("a.csv.gz"), Dataset);

        Assert.Equal(packed, File.ReadAllBytes(PathOf("a.csv.gz")));
        Assert.Equal([0x1F, 0x8B, 8, 0, 0, 0, 0, 0], packed[..8]);
        using var unpacked = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress));
        Assert.Equal(File.ReadAllText(PathOf("a.csv")), unpacked.ReadToEnd());
    }

    [Fact]
    public void A_label_with_a_line_break_is_told_and_nothing_is_written()
    {
        var dataset = new DigitDataset("odd", 1, 1, [1], [0], new LabelMap(["a\nb"]));

        Assert.Equal("odd: the label \"a?b\" has a line break; a label in a CSV file cannot have one.", FailureOf(() => CsvDigitWriter.Write(PathOf("a.csv"), dataset)));
        Assert.False(File.Exists(PathOf("a.csv")));
    }

    [Fact]
    public void Labels_for_some_rows_only_are_told()
    {
        var dataset = new DigitDataset("odd", 1, 1, [1, 2], [0, -1], new LabelMap(["a"]));

        Assert.Equal(
            "odd: some rows have a label and some have none; in a CSV file all rows have a label or none has.", FailureOf(() => CsvDigitWriter.Write(PathOf("a.csv"), dataset)));
    }

    [Fact]
    public void The_columns_of_images_that_are_not_square_say_where_they_are()
    {
        CsvDigitWriter.Write(PathOf("a.csv"), new DigitDataset("odd", 3, 2, [1, 2, 3, 4, 5, 6], [-1], new LabelMap([])));
        Assert.Equal("1x1,1x2,2x1,2x2,3x1,3x2\n1,2,3,4,5,6\n", File.ReadAllText(PathOf("a.csv")));
    }
}
