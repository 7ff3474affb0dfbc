using System.Text;
using DigitML.Data;
using DigitML.Data.Layouts;

namespace DigitML.Tests.Data;

/// <summary>Zip and tar archives, pairs of files, and formats that are not read.</summary>
public sealed class ArchiveTests : DataFolder
{
    private const string Rows = "label,pixel0,pixel1,pixel2,pixel3\n7,0,1,2,255\n2,4,5,6,7\n", OtherRows = "label,pixel0,pixel1,pixel2,pixel3\n1,0,0,0,255\n";

    [Fact]
    public void The_one_file_of_an_archive_is_read()
    {
        foreach (string path in new[]
        {
            Write("a.zip", Zip(("train.csv", Rows))),
            Write("b.zip", Zip(("digits/train.csv", Rows), ("README.md", "# Digits"), ("__MACOSX/digits/._train.csv", "x"), (".DS_Store", "x"))),
            Write("c.tar", Tar(("./train.csv", Rows))),
            Write("d.tar.gz", Gzip(Tar(("digits/train.csv", Rows), ("LICENSE", "free")))),
            Write("e.tgz", Gzip(Tar(("train.csv", Rows)))),
        })
        {
            Assert.Equal(("7 2", 2), (LabelsOf(DigitFiles.Read(path)), DigitFiles.Read(path).Height));
            Assert.Equal([path], DigitFiles.PathsOf(path));
        }
    }

    [Fact]
    public void One_file_of_several_is_named_after_a_colon()
    {
        string path = Write("a.zip", Zip(("data/train.csv", Rows), ("data/test.csv", OtherRows)));

        Assert.Equal("a.zip holds 2 files: data/train.csv, data/test.csv; name one, such as a.zip:data/train.csv.", FailureOfReading(path));
        Assert.Equal("1", LabelsOf(DigitFiles.Read(path + ":data/test.csv")));
        Assert.Equal("1", LabelsOf(DigitFiles.Read(path + ":test.csv")));
        Assert.Equal("a.zip holds no file \"x.csv\"; it holds data/train.csv, data/test.csv.", FailureOfReading(path + ":x.csv"));
        Assert.StartsWith("a.zip:data/test.csv:2: label is \"1\", which", FailureOfReading(path + ":test.csv", new DigitFileOptions { LabelMap = new DigitML.Engine.Datasets.LabelMap(["5"]) }), StringComparison.Ordinal);
        Write("b.csv:c", OtherRows);
        Assert.Equal("1", LabelsOf(DigitFiles.Read(PathOf("b.csv:c"))));
    }

    [Fact]
    public void Gzip_data_in_an_archive_is_unpacked()
    {
        string path = Write("a.zip", Zip(("train.csv.gz", Encoding.Latin1.GetString(Gzip(Encoding.UTF8.GetBytes(Rows))))));
        Assert.Equal("7 2", LabelsOf(DigitFiles.Read(path)));
    }

    [Fact]
    public void A_pair_of_files_is_read_from_an_archive_too()
    {
        string path = Write("a.zip", Zip(("images.csv", "0,1,2,255\n4,5,6,7\n"), ("labels.csv", "7\n2\n")));
        Assert.Equal("7 2", LabelsOf(DigitFiles.Read(path)));
    }

    [Fact]
    public void Damaged_archives_are_one_line()
    {
        byte[] zip = Zip(("train.csv", Rows)), tar = Gzip(Tar(("train.csv", Rows)));
        Assert.Equal("a.zip: the zip archive is damaged or encrypted; download the file again.", FailureOfReading(Write("a.zip", zip[..^30])));
        Assert.Equal("a.tar.gz: the tar archive is truncated or damaged; download the file again.", FailureOfReading(Write("a.tar.gz", tar[..(tar.Length - 40)])));
        Assert.Equal("b.zip holds no file with rows of pixels; name a file that does.", FailureOfReading(Write("b.zip", Zip(Array.Empty<(string, string)>()))));
    }

    [Theory]
    [InlineData("images.csv", "labels.csv")]
    [InlineData("csvTrainImages 2x4.csv", "csvTrainLabel 2x1.csv")]
    [InlineData("x_train.csv", "y_train.csv")]
    [InlineData("X.csv", "y.csv")]
    [InlineData("train_pixels.txt", "train_labels.txt")]
    [InlineData("data.csv", "target.csv")]
    public void Pixels_and_labels_may_be_in_two_files(string images, string labels)
    {
        string path = Write(images, "0,1,2,255\n4,5,6,7\n"), other = Write(labels, "label\n7\n2\n");
        foreach (string name in new[] { path, other })
        {
            DigitFile file = DigitFiles.Load(name);
            Assert.Equal(("7 2", $"label: {labels} (2 classes); pixels 0 to 255"), (LabelsOf(file.Dataset), file.Reading));
        }

        Assert.Equal([path, other], DigitFiles.PathsOf(path));
    }

    [Fact]
    public void A_file_with_labels_needs_none_beside_it()
    {
        string path = Write("images.csv", Rows);
        Write("labels.csv", "1\n1\n");
        Assert.Equal("7 2", LabelsOf(DigitFiles.Read(path)));
        Assert.Equal("1 1", LabelsOf(DigitFiles.Read(Write("pixels.csv", "0,1,2,255\n4,5,6,7\n"), new DigitFileOptions { LabelsFile = PathOf("labels.csv") })));
    }

    [Fact]
    public void Files_that_do_not_match_are_told()
    {
        string path = Write("images.csv", "0,1,2,255\n4,5,6,7\n");
        Write("labels.csv", "1\n1\n1\n");
        Assert.Equal("labels.csv has 3 labels, but images.csv has 2 images; the two files do not match.", FailureOfReading(path).Replace(PathOf(""), "", StringComparison.Ordinal));
    }

    public static TheoryData<byte[], string> Others => new()
    {
        { "@RELATION mnist\n@ATTRIBUTE a real\n"u8.ToArray(), "is an ARFF file, which is not read; remove the lines up to @DATA, or download the CSV file of the data set." },
        { "% about\n@relation mnist\n"u8.ToArray(), "is an ARFF file, which is not read; remove the lines up to @DATA, or download the CSV file of the data set." },
        { [0x89, .. "HDF\r\n"u8], "is an HDF5 file, which is not read; save its arrays from Python: numpy.savez('digits.npz', images=..., labels=...)." },
        { "MATLAB 5.0 MAT-file, Platform"u8.ToArray(), "is a MATLAB file, which is not read; save its arrays as CSV: writematrix([labels images], 'digits.csv')." },
        { [0x80, 4, 0x95, 1, 0], "is a Python pickle, which is not read, as it may run any program; save its arrays with numpy.savez." },
        { "<!DOCTYPE html><html>"u8.ToArray(), "is a web page, perhaps of a login, not the data; download the file again in a browser." },
        { "{\"label\": 1}"u8.ToArray(), "is a JSON file, which is not read; save its rows as CSV." },
        { "version https://git-lfs.github.com/spec/v1\n"u8.ToArray(), "is a Git LFS pointer, not the data itself; run git lfs pull." },
        { "5 153:3 154:18\n"u8.ToArray(), "is an SVMlight file, which is not read; save it as CSV: sklearn.datasets.load_svmlight_file(...), then toarray()." },
        { [0xD0, 0xCF, 0x11, 0xE0, 0xA1], "is an Excel workbook, which is not read; save the sheet as CSV and name that file." },
        { "BZh91AY"u8.ToArray(), "is bzip2 data, which is not read; unpack it with bunzip2." },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Other_formats_are_named_with_a_way_out(byte[] content, string message) => Assert.Equal($"a {message}", FailureOfReading(Write("a", content)));

    [Fact]
    public void A_workbook_is_no_archive_of_rows() => Assert.Equal(
        "a.xlsx is an Excel workbook, which is not read here; save the sheet as CSV and name that file.", FailureOfReading(Write("a.xlsx", Zip(("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "<x/>")))));

    [LinuxFact("It makes a named pipe.")]
    public void A_pipe_is_read_once_and_kept()
    {
        string path = PathOf("pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", path)!) make.WaitForExit();
        Task writing = Task.Run(() => File.WriteAllText(path, Rows));

        Assert.Equal("7 2", LabelsOf(DigitFiles.Read(path)));
        Assert.Equal("7 2", LabelsOf(DigitFiles.Read(path)));
        Assert.Equal([path], DigitFiles.PathsOf(path));
        Assert.True(writing.Wait(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_file_alone_is_no_archive_and_has_nothing_beside_it()
    {
        string zip = Write("a.zip", Zip(("train.csv", Rows))), path = Write("images.csv", "0,1,2,255\n4,5,6,7\n");
        Write("labels.csv", "1\n1\n");
        Assert.Equal("a.zip is an archive, which is not read here; send the file inside, plain or gzipped.", FailureOfReading(zip, new DigitFileOptions { IsAlone = true }));
        Assert.Equal("- -", LabelsOf(DigitFiles.Read(path, new DigitFileOptions { IsAlone = true })));
    }
}
