using System.Buffers.Binary;
using DigitML.Data;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

public sealed class IdxDigitReaderTests : DataFolder
{
    private static readonly byte[] Images = Idx([0x803, 3, 2, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]);
    private static readonly byte[] Labels = Idx([0x801, 3], [7, 10, 7]);

    [Theory]
    [InlineData("train-images-idx3-ubyte", "train-labels-idx1-ubyte")]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte")]
    [InlineData("train-images-idx3-ubyte", "train-labels.idx1-ubyte")]
    [InlineData("emnist-letters-test-images-idx3-ubyte", "emnist-letters-test-labels-idx1-ubyte")]
    public void The_pair_is_found_from_either_file(string images, string labels)
    {
        Write(images, Images);
        Write(labels, Labels);

        foreach (string name in new[] { images, labels })
        {
            DigitFile file = DigitFiles.Load(PathOf(name));
            Assert.Equal(("IDX", images, "7 10 7", 2, 2), (file.Format, file.Dataset.Name, LabelsOf(file.Dataset), file.Dataset.Height, file.Dataset.Width));
            Assert.Equal(Images[16..], file.Dataset.Pixels);
        }
    }

    [Theory]
    [InlineData("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")]
    [InlineData("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte")]
    public void Either_file_may_be_packed(string images, string labels)
    {
        Write(images, Gzip(Images));
        Write(labels, labels.EndsWith(".gz", StringComparison.Ordinal) ? Gzip(Labels) : Labels);

        Assert.Equal(("IDX.gz", "7 10 7"), (DigitFiles.Load(PathOf(images)).Format, LabelsOf(DigitFiles.Read(PathOf(images)))));
        Assert.Equal("7 10 7", LabelsOf(DigitFiles.Read(PathOf(labels))));
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte")]
    [InlineData("anything.bin")]
    public void Images_without_labels_beside_them_are_unlabelled(string name)
    {
        string path = Write(name, Images);

        Assert.Equal("- - -", LabelsOf(DigitFiles.Read(path)));
        Assert.Equal(
            $"{name} has no labels, which are needed here; put its IDX file of labels beside it.", FailureOfReading(path, new DigitFileOptions { RequireLabels = true }));
    }

    [Fact]
    public void Rows_of_unknown_labels_are_told_or_left_out()
    {
        string path = Write("images", Images);
        Write("labels", Labels);
        var map = new LabelMap(["7"]);

        Assert.Equal(
            "labels: row 2: label is \"10\", which is not among the known labels (7); correct it or remove the row.",
            FailureOfReading(path, new DigitFileOptions { LabelMap = map }));
        DigitFile file = DigitFiles.Load(path, new DigitFileOptions { LabelMap = map, DropUnknownLabels = true });
        Assert.Equal((1, "7 7"), (file.DroppedRows, LabelsOf(file.Dataset)));
        Assert.Equal([0, 1, 2, 3, 8, 9, 10, 255], file.Dataset.Pixels);
    }

    [Fact]
    public void Labels_without_images_beside_them_are_told() => Assert.Equal(
        "train-labels-idx1-ubyte holds labels, but there is no file of images beside it; name the images file.", FailureOfReading(Write("train-labels-idx1-ubyte", Labels)));

    [Fact]
    public void Other_numbers_of_labels_and_images_are_told()
    {
        string images = Write("images", Images);
        Write("labels", Idx([0x801, 2], [7, 1]));

        Assert.Equal("labels has 2 labels, but images has 3 images; the two files do not match.", FailureOfReading(images).Replace(PathOf(""), "", StringComparison.Ordinal));
    }

    [Fact]
    public void Images_are_no_labels_and_labels_no_images()
    {
        string images = Write("images", Images), labels = Write("labels", Labels);
        Assert.Equal("images holds arrays of 2x2, which are no labels; name the file of labels.", FailureOf(() => DigitFiles.Load(images, new DigitFileOptions { LabelsFile = images })));
        Assert.Equal(
            "labels holds labels, but there is no file of images beside it; name the images file.",
            FailureOf(() => DigitFiles.Load(labels, new DigitFileOptions { LabelsFile = images })));
    }

    [Fact]
    public void A_file_that_is_cut_off_is_told()
    {
        Assert.Equal("a ends inside its header; download the file again.", FailureOfReading(Write("a", Images[..15])));
        Assert.Equal("b declares 3 images of 2x2 (12 bytes) but ends after 11 bytes; download the file again.", FailureOfReading(Write("b", Images[..^1])));
        string images = Write("images", Images);
        Write("labels", Labels[..^1]);
        Assert.Equal("labels declares 3 labels (3 bytes) but ends after 2 bytes; download the file again.", FailureOfReading(images));
    }

    [Fact]
    public void A_file_with_too_many_bytes_is_told() => Assert.Equal(
        "a declares 3 images of 2x2 (12 bytes) but holds more; download the file again.", FailureOfReading(Write("a", [.. Images, 0])));

    [Fact]
    public void Images_need_not_be_square()
    {
        DigitDataset read = DigitFiles.Read(Write("a", Idx([0x803, 1, 2, 3], [1, 2, 3, 4, 5, 255])));
        Assert.Equal((2, 3), (read.Height, read.Width));
    }

    [Theory]
    [InlineData(0, 28)]
    [InlineData(1, 0)]
    [InlineData(-1, 28)]
    public void No_images_are_told(int count, int side) => Assert.Equal(
        $"a declares {count} image{(count == 1 ? "" : "s")} of {side}x{side}; it must contain at least one.", FailureOfReading(Write("a", Idx([0x803, count, side, side], []))));

    [Fact]
    public void A_header_that_lies_costs_no_memory()
    {
        string path = Write("a", Idx([0x803, 2_000_000, 32, 32], new byte[100]));

        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = FailureOfReading(path);
        long used = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal("a declares 2,000,000 images of 32x32 (2,048,000,000 bytes) but ends after 100 bytes; download the file again.", message);
        Assert.InRange(used, 0, 4 << 20);
    }

    [Fact]
    public void More_images_than_fit_are_told() => Assert.Equal(
        "a declares 2,147,483,647 images of 28x28; at most 2,147,483,591 bytes fit; split the file.",
        FailureOfReading(Write("a", Idx([0x803, int.MaxValue, 28, 28], []))));

    private static byte[] Idx(int[] header, byte[] data)
    {
        var file = new byte[header.Length * 4 + data.Length];
        for (int i = 0; i < header.Length; i++) BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(i * 4), header[i]);
        data.CopyTo(file.AsSpan(header.Length * 4));
        return file;
    }
}
