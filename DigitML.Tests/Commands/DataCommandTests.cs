using System.Buffers.Binary;
using System.Text.Json;
using DigitML.Model.Images;
using DigitML.Tests.Data;
using DigitML.Training;

namespace DigitML.Tests.Commands;

public sealed class DataCommandTests : DataFolder
{
    private const string Csv = "label,pixel0,pixel1,pixel2,pixel3\n7,255,0,0,255\n2,200,200,0,0\n7,0,0,0,127\n";

    [Fact]
    public void Info_tells_rows_sizes_and_classes() => Assert.Equal(
        $"""
        a.csv: CSV, 3 rows of 2x2 pixels, 2 classes
        label: column 1 "label" (2 classes); pixels 0 to 255
        pixels: mean 86.42, standard deviation 106.68
        checksum: {Checksum}

        label       rows     share
        2              1   33.33 %
        7              2   66.67 %

        """,
        Run("data", "info", Write("a.csv", Csv)));

    [Fact]
    public void Info_of_rows_without_labels() => Assert.StartsWith(
        "a.csv: CSV, 1 row of 1x1 pixels, no labels\nno labels; pixels 0 to 255\npixels: mean 205.00, standard deviation 0.00\nchecksum: ", Run("data", "info", Write("a.csv", "pixel0\n205\n")), StringComparison.Ordinal);

    [Fact]
    public void Info_as_json()
    {
        using JsonDocument info = JsonDocument.Parse(Run("data", "info", Write("a.csv", Csv), "--json"));

        Assert.Equal(3, info.RootElement.GetProperty("rows").GetInt32());
        Assert.Equal(2, info.RootElement.GetProperty("height").GetInt32());
        Assert.Equal("7", info.RootElement.GetProperty("classes")[1].GetProperty("label").GetString());
        Assert.Equal(2, info.RootElement.GetProperty("classes")[1].GetProperty("rows").GetInt32());
        Assert.Equal(Checksum, info.RootElement.GetProperty("dataChecksum").GetString());
    }

    [Fact]
    public void Sample_draws_the_first_row_of_each_class_side_by_side()
    {
        string wide = $"label{string.Concat(Enumerable.Range(0, 144).Select(i => $",pixel{i}"))}\n";
        string row = string.Concat(Enumerable.Range(0, 144).Select(i => i is 0 or 13 ? ",255" : i == 24 ? ",128" : ",0"));

        Assert.Equal($"row 2: 2      row 1: 7\n▀▄            ▀▄\n▀             ▀\n{new string('\n', 4)}", Run("data", "sample", Write("a.csv", $"{wide}7{row}\n2{row}\n7{row}\n")));
    }

    [Fact]
    public void Sample_draws_the_rows_that_are_asked_for() => Assert.Equal(
        "ro  ro  ro\n▀▄  ▀▀  ▀▄\n", Run("data", "sample", Write("a.csv", Csv), "--rows", "1", "2", "1"));

    [Fact]
    public void Sample_writes_a_picture()
    {
        Assert.Equal($"{PathOf("b.png")}: 1 row of a.csv\n", Run("data", "sample", Write("a.csv", Csv), "--rows", "2", "--out", PathOf("b.png")));
        Assert.Equal($"{PathOf("a.png")}: 3 rows of a.csv\n", Run("data", "sample", Write("a.csv", Csv), "--out", PathOf("a.png")));

        DigitImage picture = DigitImage.Load(PathOf("a.png"));
        Assert.Equal((2, 8), (picture.Height, picture.Width));
        Assert.Equal([200, 200, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 127], picture.Pixels);
    }

    [Fact]
    public void Sample_as_json_gives_the_pixels()
    {
        using JsonDocument sample = JsonDocument.Parse(Run("data", "sample", Write("a.csv", Csv), "--rows", "2", "--json"));

        JsonElement row = Assert.Single(sample.RootElement.GetProperty("rows").EnumerateArray());
        Assert.Equal((2, "2"), (row.GetProperty("row").GetInt32(), row.GetProperty("label").GetString()));
        Assert.Equal([200, 200, 0, 0], row.GetProperty("pixels").EnumerateArray().Select(pixel => pixel.GetInt32()));
    }

    [Theory]
    [InlineData(1, "error: a.csv has rows 1 to 3; there is no row 4.", "--rows", "1", "4")]
    [InlineData(2, "error: --rows is \"0\"; a row is a whole number of at least 1. See digitml data sample --help.", "--rows", "0")]
    [InlineData(2, "error: --rows is \"x\"; a row is a whole number of at least 1. See digitml data sample --help.", "--rows", "x")]
    [InlineData(2, "error: --out is \"a.gif\"; it must name a .png file. See digitml data sample --help.", "--out", "a.gif")]
    public void Sample_tells_what_is_wrong(int exitCode, string message, params string[] options) =>
        Assert.Equal(message, FailureOf(exitCode, ["data", "sample", Write("a.csv", Csv), .. options]));

    [Theory]
    [InlineData("images-idx3-ubyte", "labels-idx1-ubyte", false)]
    [InlineData("first", "second", true)]
    public void Convert_writes_idx_as_csv(string images, string labels, bool nameBoth)
    {
        string[] inputs = [Write(images, Idx([0x803, 2, 1, 1], [5, 206])), Write(labels, Idx([0x801, 2], [7, 2]))];

        Assert.Equal($"{PathOf("a.csv")}: 2 rows, 23 bytes\n", Run(["data", "convert", .. nameBoth ? inputs : inputs[..1], PathOf("a.csv")]));

        Assert.Equal("label,pixel0\n7,5\n2,206\n", File.ReadAllText(PathOf("a.csv")));
    }

    [Fact]
    public void Convert_packs_a_csv_file_and_tells_its_checksum_as_json()
    {
        using JsonDocument result = JsonDocument.Parse(Run("data", "convert", Write("a.csv", Csv), PathOf("a.csv.gz"), "--json"));

        Assert.Equal(3, result.RootElement.GetProperty("rows").GetInt32());
        Assert.Equal(new FileInfo(PathOf("a.csv.gz")).Length, result.RootElement.GetProperty("bytes").GetInt64());
        Assert.Equal(Checksum, result.RootElement.GetProperty("dataChecksum").GetString());
        Assert.Contains(Checksum, Run("data", "info", PathOf("a.csv.gz")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error: The file to write is \"b\"; its name must end in .csv, .csv.gz, .npz or .parquet, or be that of IDX images, such as train-images-idx3-ubyte. See digitml data convert --help.", "a", "b")]
    [InlineData("error: Name a file to read and a file to write: DATA [LABELS] OUT. See digitml data convert --help.", "a.csv")]
    [InlineData("error: Name a file to read and a file to write: DATA [LABELS] OUT. See digitml data convert --help.")]
    public void Convert_tells_what_is_wrong(string message, params string[] files) => Assert.Equal(message, FailureOf(2, ["data", "convert", .. files]));

    [Fact]
    public void A_file_that_cannot_be_read_is_one_line_and_exit_code_1()
    {
        string path = Write("a.csv", "label,pixel0\n7,300\n");

        Assert.Equal($"error: {path}:2: pixel0 is 300; pixels are 0 to 255, 0 to 1, -1 to 1 or 0 to 16. Correct it, or say the range: --pixel-scale 0..300.", FailureOf(1, ["data", "info", path]));
    }

    private const string Checksum = "be4d6939cbc90958f0343d92cb2d7c8a0f160c90b1665c322c05c2757131d526";

    private static string Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        int exitCode = DigitMLConsole.Run(args, output, error);
        Assert.True(exitCode == 0, error.ToString());
        return output.ToString();
    }

    private static string FailureOf(int exitCode, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(exitCode, DigitMLConsole.Run(args, output, error));
        Assert.Equal("", output.ToString());
        return Assert.Single(error.ToString().Split(Environment.NewLine), line => line.StartsWith("error: ", StringComparison.Ordinal));
    }

    private static byte[] Idx(int[] header, byte[] data)
    {
        var file = new byte[header.Length * 4 + data.Length];
        for (int i = 0; i < header.Length; i++) BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(i * 4), header[i]);
        data.CopyTo(file.AsSpan(header.Length * 4));
        return file;
    }
}
