using System.Text;
using DigitML.Data;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

public sealed class CsvDigitReaderTests : DataFolder
{
    [Fact]
    public void Kaggles_labelled_header() => Check("label,pixel0,pixel1,pixel2,pixel3\n7,0,1,2,3\n2,255,9,10,100\n", "7 2", 0, 1, 2, 3, 255, 9, 10, 100);

    [Fact]
    public void Kaggles_unlabelled_header() => Check("pixel0,pixel1,pixel2,pixel3\n0,1,2,3\n4,5,6,255\n", "- -", 0, 1, 2, 3, 4, 5, 6, 255);

    [Fact]
    public void The_row_by_column_header() => Check("label,1x1,1x2,2x1,2x2\n7,0,1,2,255\n", "7", 0, 1, 2, 255);

    [Theory]
    [InlineData("label,0x0,0x1,1x0,1x1")]
    [InlineData("LABEL,Pixel1,Pixel2,Pixel3,Pixel4")]
    [InlineData("class,0,1,2,3")]
    [InlineData(" label , pixel00 , pixel01 , pixel02 , pixel03 ")]
    [InlineData("\"label\",\"pixel0\",\"pixel1\",\"pixel2\",\"pixel3\"")]
    public void Other_headers_that_people_use(string header) => Check($"{header}\n7,0,1,2,255\n", "7", 0, 1, 2, 255);

    [Theory]
    [InlineData("pixel0,pixel1,pixel2,pixel3,label\n0,1,2,255,7\n")]
    [InlineData("pixel0,label,pixel1,pixel2,pixel3\n0,7,1,2,255\n")]
    public void The_label_may_stand_anywhere_when_the_header_names_it(string text) => Check(text, "7", 0, 1, 2, 255);

    [Fact]
    public void Without_a_header_a_square_number_of_columns_has_no_label() => Check("0,1,2,3\n4,5,6,255\n", "- -", 0, 1, 2, 3, 4, 5, 6, 255);

    [Fact]
    public void A_label_of_letters_makes_no_header() => Check("A,0,1,2,3\nB,4,5,6,255\n", "A B", 0, 1, 2, 3, 4, 5, 6, 255);

    [Fact]
    public void Any_square_size_is_read()
    {
        DigitDataset dataset = DigitFiles.Read(Write("a.csv", $"label{string.Concat(Enumerable.Range(0, 25).Select(i => $",pixel{i}"))}\n1{string.Concat(Enumerable.Range(0, 25).Select(i => $",{i * 10}"))}\n"));

        Assert.Equal((5, 5, 1), (dataset.Height, dataset.Width, dataset.Count));
        Assert.Equal(Enumerable.Range(0, 25).Select(i => (byte)(i * 10)), dataset.Pixels);
        DigitDataset single = DigitFiles.Read(Write("b.csv", "label,pixel0\nx,205\n"));
        Assert.Equal((1, 1, 1), (single.Height, single.Width, single.Count));
    }

    [Fact]
    public void Labels_may_be_any_text() => Check(
        "label,pixel0\n\"a,b\",1\n\"say \"\"hi\"\"\",2\nünï 😀,3\n\" quoted spaces \",4\n  plain spaces ,255\n", "a,b say \"hi\" ünï 😀 quoted spaces plain spaces", 1, 2, 3, 4, 255);

    [Fact]
    public void Keys_follow_the_order_of_the_labels_whatever_the_order_of_the_rows()
    {
        DigitDataset dataset = DigitFiles.Read(Write("a.csv", "label,pixel0\nb,0\n10,0\n9,0\na,0\n9,0\n"));

        Assert.Equal("9 10 a b", string.Join(" ", dataset.LabelMap.Labels));
        Assert.Equal([3, 1, 0, 2, 0], dataset.Labels);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_name()
    {
        byte[] text = [.. Encoding.UTF8.Preamble, .. "label,pixel0\n7,1\n"u8];

        DigitDataset dataset = DigitFiles.Read(Write("a.csv", text));

        Assert.Equal("7", LabelsOf(dataset));
    }

    [Theory]
    [InlineData("label,pixel0\r\n7,1\r\n2,203\r\n")]
    [InlineData("label,pixel0\n7,1\n2,203\n\n")]
    [InlineData("label,pixel0\r\n7,1\r\n2,203\r\n\r\n\r\n")]
    [InlineData("label,pixel0\n\n7,1\n\n2,203")]
    [InlineData("label,pixel0\r7,1\r2,203\r")]
    [InlineData("label;pixel0\n7;1\n2;203\n")]
    [InlineData("label\tpixel0\n7\t1\n2\t203\n")]
    public void Line_ends_blank_lines_and_separators_of_all_kinds(string text) => Check(text, "7 2", 1, 203);

    [Theory]
    [InlineData("12")]
    [InlineData(" 12 ")]
    [InlineData("012")]
    [InlineData("12.0")]
    [InlineData("1.2e1")]
    [InlineData("+12")]
    [InlineData("\"12\"")]
    public void A_pixel_may_be_written_in_other_ways(string pixel) => Check($"label,pixel0\n7,{pixel}\n7,255\n", "7 7", 12, 255);

    [Fact]
    public void Gzip_is_told_by_its_content()
    {
        byte[] packed = Gzip("label,pixel0\n7,1\n"u8.ToArray());

        Assert.Equal("CSV.gz", DigitFiles.Load(Write("a.csv.gz", packed)).Format);
        Assert.Equal("CSV.gz", DigitFiles.Load(Write("a.csv", packed)).Format);
        Assert.Equal("CSV", DigitFiles.Load(Write("b.csv", "label,pixel0\n7,1\n")).Format);
    }

    [Fact]
    public void The_dataset_is_named_after_the_file() => Assert.Equal("train.csv", DigitFiles.Read(Write("train.csv", "label,pixel0\n7,1\n")).Name);

    [Fact]
    public void Given_labels_keep_their_keys_and_unknown_ones_can_be_left_out()
    {
        string path = Write("a.csv", "label,pixel0\n7,1\nx,2\n2,203\n");
        var map = new LabelMap(["2", "3", "7"]);

        DigitFile file = DigitFiles.Load(path, new DigitFileOptions { LabelMap = map, DropUnknownLabels = true });

        Assert.Equal(1, file.DroppedRows);
        Assert.Equal([2, 0], file.Dataset.Labels);
        Assert.Equal([1, 203], file.Dataset.Pixels);
        Assert.Same(map, file.Dataset.LabelMap);
    }

    [Fact]
    public void Many_rows_are_read_whole()
    {
        string text = "label,pixel0,pixel1,pixel2,pixel3\n" + string.Concat(Enumerable.Range(0, 5000).Select(row => $"{row % 10},{row % 256},1,2,{row / 256}\n"));

        DigitDataset dataset = DigitFiles.Read(Write("a.csv", text));

        Assert.Equal(5000, dataset.Count);
        Assert.All(Enumerable.Range(0, 5000), row => Assert.Equal([(byte)(row % 256), 1, 2, (byte)(row / 256)], dataset.Image(row).ToArray()));
    }

    private void Check(string text, string labels, params byte[] pixels)
    {
        DigitDataset dataset = DigitFiles.Read(Write("a.csv", text));

        Assert.Equal(labels, LabelsOf(dataset));
        Assert.Equal(pixels, dataset.Pixels);
        Assert.Equal(dataset.Labels.Contains(DigitDataset.NoLabel), dataset.LabelMap.Count == 0);
    }
}
