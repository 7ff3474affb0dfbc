using System.IO.Compression;
using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

/// <summary>The formats that are written, each read back.</summary>
public sealed class DigitFileWriterTests : DataFolder
{
    private static readonly TinyDigits Digits = new(12);
    private static readonly DigitDataset Numbers = new("a", 8, 8, Digits.Pixels, [.. Digits.Labels], new LabelMap(["0", "1", "2", "3", "4"]));
    private static readonly DigitDataset Texts = new("a", 4, 16, Digits.Pixels, [.. Digits.Labels], new LabelMap(["0", "one", "äö", "05", "4"]));
    private static readonly DigitDataset Unlabelled = new("a", 16, 4, Digits.Pixels, [.. Digits.Labels.Select(_ => DigitDataset.NoLabel)], new LabelMap([]));

    public static TheoryData<string> Names => ["a.csv", "a.csv.gz", "a.NPZ", "a.parquet", "train-images-idx3-ubyte", "my-images.idx.gz"];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_is_read_again(string name)
    {
        bool isIdx = name.Contains("images", StringComparison.Ordinal);
        foreach (DigitDataset dataset in isIdx ? new[] { Numbers } : [Numbers, Texts])
        {
            DigitFileWriter.Write(PathOf(name), dataset, CancellationToken.None);
            DigitDataset read = DigitFiles.Read(PathOf(name), new DigitFileOptions { Layout = new() { LabelsAsText = true } });
            Assert.Equal((LabelsOf(dataset), dataset.Height, dataset.Width), (LabelsOf(read), read.Height, read.Width));
            Assert.Equal(dataset.Pixels, read.Pixels);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_without_labels_are_written_without(string name)
    {
        DigitFileWriter.Write(PathOf(name), Unlabelled, CancellationToken.None);
        DigitDataset read = DigitFiles.Read(PathOf(name));
        Assert.Equal((false, 16, 4), (read.IsLabelled, read.Height, read.Width));
        Assert.Equal(Digits.Pixels, read.Pixels);
        Assert.Single(Directory.GetFiles(PathOf("")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_rows_give_the_same_bytes(string name)
    {
        DigitFileWriter.Write(PathOf(name), Numbers, CancellationToken.None);
        byte[] first = File.ReadAllBytes(PathOf(name));
        DigitFileWriter.Write(PathOf(name), Numbers, CancellationToken.None);
        Assert.Equal(first, File.ReadAllBytes(PathOf(name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_cannot_be_written_leaves_nothing(string name)
    {
        var some = new DigitDataset("odd", 1, 1, [1, 2], [0, -1], new LabelMap(["7"]));
        Assert.StartsWith("odd: some rows have a label and some have none; in a", FailureOf(() => DigitFileWriter.Write(PathOf(name), some, CancellationToken.None)), StringComparison.Ordinal);
        Assert.ThrowsAny<OperationCanceledException>(() => DigitFileWriter.Write(PathOf(name), Numbers, new CancellationToken(canceled: true)));
        Assert.Empty(Directory.GetFiles(PathOf("")));
    }

    [Fact]
    public void The_labels_of_an_idx_pair_are_numbers_up_to_255()
    {
        Assert.Equal(
            "a has the label \"one\"; labels in an IDX file are numbers from 0 to 255. Write a .csv, .npz or .parquet file.",
            FailureOf(() => DigitFileWriter.Write(PathOf("images-idx3-ubyte"), new DigitDataset("a", 1, 1, [1], [0], new LabelMap(["one"])), CancellationToken.None)));
        Assert.Throws<DigitMLException>(() => DigitFileWriter.Write(PathOf("images-idx3-ubyte"), new DigitDataset("a", 1, 1, [1], [0], new LabelMap(["256"])), CancellationToken.None));
        Assert.Empty(Directory.GetFiles(PathOf("")));
    }

    [Fact]
    public void The_labels_of_an_idx_pair_have_mnists_name_and_bytes()
    {
        DigitFileWriter.Write(PathOf("t10k-images-idx3-ubyte"), new DigitDataset("a", 1, 2, [8, 9], [0], new LabelMap(["7"])), CancellationToken.None);
        Assert.Equal([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 8, 9], File.ReadAllBytes(PathOf("t10k-images-idx3-ubyte")));
        Assert.Equal([0, 0, 8, 1, 0, 0, 0, 1, 7], File.ReadAllBytes(PathOf("t10k-labels-idx1-ubyte")));
        Assert.Equal([PathOf("t10k-images-idx3-ubyte"), PathOf("t10k-labels-idx1-ubyte")], DigitFileWriter.FilesOf(PathOf("t10k-images-idx3-ubyte")));
    }

    [Fact]
    public void The_arrays_of_an_npz_have_numpys_headers()
    {
        DigitFileWriter.Write(PathOf("a.npz"), Texts, CancellationToken.None);
        using ZipArchive zip = ZipFile.OpenRead(PathOf("a.npz"));
        Assert.Equal(["x.npy", "y.npy"], zip.Entries.Select(entry => entry.FullName));
        using var reader = new StreamReader(zip.Entries[1].Open(), System.Text.Encoding.Latin1);
        string content = reader.ReadToEnd();
        Assert.Equal("{'descr': '<U3', 'fortran_order': False, 'shape': (12,), }", content[10..128].TrimEnd());
        Assert.Equal((128 + 12 * 3 * 4, '\n'), (content.Length, content[127]));
    }

    [Fact]
    public void Other_names_are_refused()
    {
        foreach (string name in new[] { "a.txt", "images", "ubyte", "labels-idx1-ubyte", "a.gz" }) Assert.False(DigitFileWriter.IsKnown(name));
        Assert.StartsWith("The file to write is \"a.txt\"; its name must end in .csv, .csv.gz, .npz or .parquet, or be", FailureOf(() => DigitFileWriter.Write("a.txt", Numbers, CancellationToken.None)), StringComparison.Ordinal);
    }
}
