using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using DigitML.Data;

namespace DigitML.Tests.Data;

/// <summary>Arrays in IDX files of all types, and in numpy's files and archives.</summary>
public sealed class ArrayFileTests : DataFolder
{
    private readonly TinyDigits digits = new(12);

    public static TheoryData<string> Types => ["|u1", "|i1", "<u2", ">u2", "<i2", ">i4", "<i4", "<i8", "<u8", "<f4", ">f4", "<f8", "<f2", "|b1"];

    [Theory]
    [MemberData(nameof(Types))]
    public void Numpy_arrays_of_all_types_are_read(string type)
    {
        double ink = type is "|b1" ? 1 : type is "|i1" ? 100 : type.Contains('f', StringComparison.Ordinal) ? 1 : 255;
        double Value(byte pixel) => type is "|b1" or "|i1" ? pixel > 127 ? ink : 0 : pixel * ink / 255;
        string path = Write("images.npy", Npy(type, [12, 8, 8], digits.Pixels.Select(Value)));
        Write("labels.npy", Npy("<i8", [12], digits.Labels.Select(label => (double)label)));

        DigitFile file = DigitFiles.Load(path);

        Assert.Equal((string.Join(' ', digits.Labels), "npy", 8, 8), (LabelsOf(file.Dataset), file.Format, file.Dataset.Height, file.Dataset.Width));
        int allowed = type == "<f2" ? 1 : 0;
        Assert.All(digits.Pixels.Zip(file.Dataset.Pixels), pair => Assert.InRange(pair.Second - (type is "|b1" or "|i1" ? pair.First > 127 ? 255 : 0 : pair.First), -allowed, allowed));
    }

    [Fact]
    public void Images_may_have_channels_or_stand_in_rows()
    {
        Assert.Equal(digits.Pixels, DigitFiles.Read(Write("a.npy", Npy("|u1", [12, 64], digits.Pixels.Select(pixel => (double)pixel)))).Pixels);
        Assert.Equal(digits.Pixels, DigitFiles.Read(Write("b.npy", Npy("|u1", [12, 8, 8, 1], digits.Pixels.Select(pixel => (double)pixel)))).Pixels);
        Assert.Equal(digits.Pixels, DigitFiles.Read(Write("c.npy", Npy("|u1", [12, 8, 8, 3], digits.Pixels.SelectMany(pixel => new double[] { pixel, pixel, pixel })))).Pixels);
        Assert.Equal(digits.Pixels, DigitFiles.Read(Write("d.npy", Npy("|u1", [12, 1, 8, 8], digits.Pixels.Select(pixel => (double)pixel)))).Pixels);
    }

    [Theory]
    [InlineData("x_train", "y_train", "x_test", "y_test")]
    [InlineData("train_images", "train_labels", "test_images", "test_labels")]
    public void An_archive_has_the_rows_to_train_and_to_test_on(string trainImages, string trainLabels, string testImages, string testLabels)
    {
        var test = new TinyDigits(5, seed: 2);
        string path = Write("mnist.npz", Npz((testImages, Images(test)), (testLabels, Labels(test)), (trainImages, Images(digits)), (trainLabels, Labels(digits))));

        DigitFile training = DigitFiles.Load(path), tested = DigitFiles.Load(path, new DigitFileOptions { Part = "test" });

        Assert.Equal((string.Join(' ', digits.Labels), $"label: mnist.npz:{trainLabels}.npy (5 classes); pixels 0 to 255"), (LabelsOf(training.Dataset), training.Reading));
        Assert.Equal(string.Join(' ', test.Labels), LabelsOf(tested.Dataset));
        Assert.Equal(test.Pixels, DigitFiles.Read($"{path}:{testImages}.npy").Pixels);
    }

    [Fact]
    public void An_archive_of_one_pair_is_read_whatever_its_names()
    {
        foreach ((string images, string labels) in new[] { ("arr_0", "arr_1"), ("images", "labels"), ("X", "y"), ("data", "target") })
        {
            Assert.Equal(string.Join(' ', digits.Labels), LabelsOf(DigitFiles.Read(Write($"{images}.npz", Npz((images, Images(digits)), (labels, Labels(digits)))))));
        }

        string path = Write("kmnist-train-imgs.npz", Npz(("arr_0", Images(digits))));
        Write("kmnist-train-labels.npz", Npz(("arr_0", Labels(digits))));
        Assert.Equal(string.Join(' ', digits.Labels), LabelsOf(DigitFiles.Read(path)));
    }

    [Fact]
    public void Labels_may_be_texts_or_one_hot()
    {
        string path = Write("images.npy", Images(digits));
        Write("labels.npy", Npy("|u1", [12, 5], digits.Labels.SelectMany(label => Enumerable.Range(0, 5).Select(i => i == label ? 1.0 : 0))));
        Assert.Equal(string.Join(' ', digits.Labels), LabelsOf(DigitFiles.Read(path)));
        Write("labels.npy", [.. NpyHeader("<U3", "(12,)"), .. digits.Labels.SelectMany(label => Encoding.UTF32.GetBytes($"n{label}".PadRight(3, '\0')))]);
        Assert.Equal(string.Join(' ', digits.Labels.Select(label => $"n{label}")), LabelsOf(DigitFiles.Read(path)));
        Write("labels.npy", [.. NpyHeader("|S2", "(12,)"), .. digits.Labels.SelectMany(label => Encoding.ASCII.GetBytes($"b{label}"))]);
        Assert.Equal(string.Join(' ', digits.Labels.Select(label => $"b{label}")), LabelsOf(DigitFiles.Read(path)));
    }

    [Theory]
    [InlineData(0x0B, 2)]
    [InlineData(0x0C, 4)]
    [InlineData(0x0D, 4)]
    [InlineData(0x0E, 8)]
    public void Idx_files_of_all_types_are_read(int type, int size)
    {
        byte[] content = [.. Ints(type << 8 | 3, 12, 8, 8), .. digits.Pixels.SelectMany(pixel => Element(type switch { 0x0D => "f4", 0x0E => "f8", _ => $"i{size}" }, isBigEndian: true, type >= 0x0D ? pixel / 255.0 : pixel))];
        DigitFile file = DigitFiles.Load(Write("a-images", content));
        Assert.Equal("IDX", file.Format);
        Assert.Equal(digits.Pixels, file.Dataset.Pixels);
    }

    [Fact]
    public void Labels_of_Qmnist_are_the_first_of_eight_numbers()
    {
        string path = Write("qmnist-train-images-idx3-ubyte", [.. Ints(0x803, 12, 8, 8), .. digits.Pixels]);
        Write("qmnist-train-labels-idx2-int", [.. Ints(0xC02, 12, 8), .. digits.Labels.SelectMany((label, row) => Ints(label, 4, row, 2, 3, 4, 5, 6))]);
        Assert.Equal(string.Join(' ', digits.Labels), LabelsOf(DigitFiles.Read(path)));
    }

    [Fact]
    public void What_is_not_read_is_named()
    {
        Assert.Equal(
            "a.npy holds elements of numpy's type \"'descr': '|O'\", which are not read; save the array as numbers, for example with astype('uint8').",
            FailureOfReading(Write("a.npy", NpyHeader("|O", "(12,)"))));
        Assert.Equal("b.npy holds its array column by column; save it with numpy.ascontiguousarray.", FailureOfReading(Write("b.npy", NpyHeader("|u1", "(12, 8, 8)", fortran: "True"))));
        Assert.Equal("c.npy: the header of its numpy array is damaged; save or download it again.", FailureOfReading(Write("c.npy", [0x93, .. "NUMPY"u8, 1, 0, 255, 255, 0, 0, 0])));
        Assert.Equal(
            "d.npz holds 2 arrays of images: a.npy, b.npy; name one, such as d.npz:a.npy.",
            FailureOfReading(Write("d.npz", Npz(("a", Images(digits)), ("b", Images(digits))))).Replace(PathOf(""), "", StringComparison.Ordinal));
        Assert.StartsWith("e.npy declares 12 images of 8x8 (768 bytes) but ends after 700 bytes;", FailureOfReading(Write("e.npy", Images(digits)[..^68])), StringComparison.Ordinal);
    }

    private static byte[] Images(TinyDigits of) => Npy("|u1", [of.Count, of.Side, of.Side], of.Pixels.Select(pixel => (double)pixel));

    private static byte[] Labels(TinyDigits of) => Npy("|u1", [of.Count], of.Labels.Select(label => (double)label));

    private static byte[] Npy(string type, int[] sizes, IEnumerable<double> values) =>
        [.. NpyHeader(type, $"({string.Join(", ", sizes)}{(sizes.Length == 1 ? "," : "")})"), .. values.SelectMany(value => Element(type[1..], type[0] == '>', value))];

    private static byte[] Npz(params (string Name, byte[] Content)[] arrays)
    {
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] array) in arrays)
            {
                using Stream entry = zip.CreateEntry(name + ".npy").Open();
                entry.Write(array);
            }
        }

        return content.ToArray();
    }

    private static byte[] Element(string type, bool isBigEndian, double value)
    {
        byte[] bytes = type switch
        {
            "u1" or "b1" => [(byte)value],
            "i1" => [(byte)(sbyte)value],
            "u2" => BitConverter.GetBytes((ushort)value),
            "i2" => BitConverter.GetBytes((short)value),
            "i4" => BitConverter.GetBytes((int)value),
            "u8" => BitConverter.GetBytes((ulong)value),
            "i8" => BitConverter.GetBytes((long)value),
            "f2" => BitConverter.GetBytes((Half)value),
            "f4" => BitConverter.GetBytes((float)value),
            _ => BitConverter.GetBytes(value),
        };
        if (isBigEndian) Array.Reverse(bytes);
        return bytes;
    }

    private static byte[] Ints(params int[] values)
    {
        var bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), values[i]);
        return bytes;
    }
}
