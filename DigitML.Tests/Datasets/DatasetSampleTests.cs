using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Model.Images;

namespace DigitML.Tests.Datasets;

public class DatasetSampleTests
{
    private static readonly LabelMap Labels = new(["a", "b"]);

    [Fact]
    public void The_first_rows_of_each_class_come_class_by_class() =>
        Assert.Equal([1, 3, 0, 2], DatasetSample.OfEveryClass(Rows([1, 0, 1, 0, 0, 1]), rowsOfClass: 2));

    [Fact]
    public void Without_labels_the_first_rows_are_shown() =>
        Assert.Equal(Enumerable.Range(0, 10), DatasetSample.OfEveryClass(Rows([.. Enumerable.Repeat(DigitDataset.NoLabel, 25)]), rowsOfClass: 1));

    [Fact]
    public void A_row_has_its_label_or_none()
    {
        DigitDataset rows = Rows([1, DigitDataset.NoLabel]);
        Assert.Equal(("b", null), (DatasetSample.LabelOf(rows, 0), DatasetSample.LabelOf(rows, 1)));
    }

    // Images of 2x3 pixels of one value each, one black pixel between them.
    [Fact]
    public void Pictures_are_laid_out_in_lines()
    {
        DigitImage picture = DatasetSample.Picture(Rows([0, 0, 0, 0]), [0, 2, 3], columns: 2);
        Assert.Equal((5, 7), (picture.Height, picture.Width));
        Assert.Equal(
            [
                1, 1, 1, 0, 3, 3, 3,
                1, 1, 1, 0, 3, 3, 3,
                0, 0, 0, 0, 0, 0, 0,
                4, 4, 4, 0, 0, 0, 0,
                4, 4, 4, 0, 0, 0, 0,
            ], picture.Pixels);
    }

    [Fact]
    public void Fewer_pictures_than_columns_make_one_line() =>
        Assert.Equal((2, 7), (DatasetSample.Picture(Rows([0, 0]), [0, 1], columns: 10).Height, DatasetSample.Picture(Rows([0, 0]), [0, 1], columns: 10).Width));

    private static DigitDataset Rows(int[] keys) => new(
        "rows", 2, 3, [.. Enumerable.Range(1, keys.Length).SelectMany(row => Enumerable.Repeat((byte)row, 6))], keys, Labels);
}
