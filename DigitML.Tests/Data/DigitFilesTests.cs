using DigitML.Data;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

public class DigitFilesTests : DataFolder
{
    [Fact]
    public void The_files_of_a_path_are_both_of_an_idx_pair()
    {
        string images = Write("train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9]), csv = Write("rows.csv", "label,pixel0\n3,4\n");
        Assert.Equal([images], DigitFiles.PathsOf(images));
        string labels = Write("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 7]);
        Assert.Equal([images, labels], DigitFiles.PathsOf(images));
        Assert.Equal([images, labels], DigitFiles.PathsOf(labels));
        Assert.Equal([csv], DigitFiles.PathsOf(csv));
        Assert.Equal([PathOf("none.csv")], DigitFiles.PathsOf(PathOf("none.csv")));
    }

    [Fact]
    public void A_second_file_adds_its_rows()
    {
        string first = Write("first.csv", "label,pixel0\n3,1\n5,255\n"), second = Write("second.csv", "label,pixel0\n5,204\n");
        DigitDataset rows = DigitFiles.ReadLabelled(first, second);
        Assert.Equal(("first.csv and second.csv", 3, "3 5 5"), (rows.Name, rows.Count, LabelsOf(rows)));
        Assert.Equal([1, 255, 204], rows.Pixels);
        Assert.Equal(2, DigitFiles.ReadLabelled(first, more: null).Count);
    }

    [Fact]
    public void A_second_file_has_the_labels_and_the_size_of_the_first()
    {
        string first = Write("first.csv", "label,pixel0\n3,201\n"), other = Write("other.csv", "label,pixel0\n4,201\n"), larger = Write("larger.csv", "label,pixel0,pixel1,pixel2,pixel3\n3,1,2,3,204\n");
        Assert.StartsWith("other.csv:2: label is \"4\", which is not among the known labels (3);", FailureOf(() => DigitFiles.ReadLabelled(first, other)), StringComparison.Ordinal);
        Assert.StartsWith("larger.csv: its images are 2x2 but those of ", FailureOf(() => DigitFiles.ReadLabelled(first, larger)), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_labels_are_refused()
    {
        string labelled = Write("labelled.csv", "label,pixel0\n3,201\n"), unlabelled = Write("unlabelled.csv", "pixel0\n201\n");
        Assert.StartsWith("unlabelled.csv has no labels", FailureOf(() => DigitFiles.ReadLabelled(unlabelled, more: null)), StringComparison.Ordinal);
        Assert.StartsWith("unlabelled.csv has no labels", FailureOf(() => DigitFiles.ReadLabelled(labelled, unlabelled)), StringComparison.Ordinal);
    }

    [Fact]
    public void Heights_and_widths_are_compared()
    {
        var square = new DigitDataset("a", 2, 2, new byte[4], [0], new LabelMap(["a"]));
        var tall = new DigitDataset("b", 4, 2, new byte[8], [0], new LabelMap(["a"]));
        var wide = new DigitDataset("c", 2, 4, new byte[8], [0], new LabelMap(["a"]));
        DigitFiles.CheckSameSize("a.csv", square, "a.csv", square);
        Assert.Equal("b.csv: its images are 4x2 but those of a.csv are 2x2; both must have the same size.", FailureOf(() => DigitFiles.CheckSameSize("a.csv", square, "b.csv", tall)));
        Assert.Equal("c.csv: its images are 2x4 but those of a.csv are 2x2; both must have the same size.", FailureOf(() => DigitFiles.CheckSameSize("a.csv", square, "c.csv", wide)));
    }

    [Fact]
    public void A_path_is_needed() => Assert.Equal("path", Assert.Throws<ArgumentNullException>(() => DigitFiles.Load(null!)).ParamName);
}
