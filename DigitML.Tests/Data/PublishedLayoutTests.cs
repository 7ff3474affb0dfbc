using System.Globalization;
using DigitML.Data;
using DigitML.Data.Layouts;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

/// <summary>Digits in the layouts in which data sets are published: all give the pixels and labels that were written.</summary>
public sealed class PublishedLayoutTests : DataFolder
{
    private static readonly Lazy<DigitDataset> Digits = new(() =>
    {
        DigitDataset all = DigitFiles.Read(RepositoryFolder.PathOf("data/mnist-test.csv.gz"));
        return all.Subset("digits", [.. Enumerable.Range(0, 300)]);
    });

    public static TheoryData<string> Layouts => ["Kaggle", "pjreddie", "OpenML", "EMNIST", "Kannada", "Sign Language", "Fashion-MNIST", "A-Z", "Keras", "QMNIST"];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Layouts_of_28x28_give_one_checksum(string layout)
    {
        DigitFileOptions options = new() { RequireLabels = true, Layout = new FileLayout { Transpose = layout == "EMNIST" ? true : null } };
        DigitDataset read = DigitFiles.Read(Published(layout), options);
        Assert.Equal(DatasetChecksum.Of(Digits.Value), DatasetChecksum.Of(read));
    }

    // 8x8 images of 0 to 16 and 16x16 images of -1 to 1, made of the digits by averaging.
    [Theory]
    [InlineData("optdigits", 8)]
    [InlineData("scikit-learn", 8)]
    [InlineData("USPS", 16)]
    [InlineData("semeion", 16)]
    public void Small_layouts_give_the_pixels_of_a_reader_written_apart(string layout, int side)
    {
        double[][] images = [.. Enumerable.Range(0, Digits.Value.Count).Select(row => Averaged(Digits.Value.Image(row), side))];
        (Func<double, string> text, Func<string, decimal> value) = layout switch
        {
            "USPS" => (ink => (ink * 2 - 1).ToString("0.0000", CultureInfo.InvariantCulture), cell => (decimal.Parse(cell, CultureInfo.InvariantCulture) + 1) / 2),
            "semeion" => (ink => ink > 0.4 ? "1.0000" : "0.0000", cell => decimal.Parse(cell, CultureInfo.InvariantCulture)),
            _ => ((Func<double, string>)(ink => Math.Round(ink * 16).ToString(CultureInfo.InvariantCulture)), (Func<string, decimal>)(cell => decimal.Parse(cell, CultureInfo.InvariantCulture) / 16)),
        };
        string[][] cells = [.. images.Select(image => image.Select(text).ToArray())];
        string path = Write("a.txt", string.Concat(cells.Select((row, i) => Line(layout, row, Label(i)))).Insert(0, layout == "scikit-learn" ? HeaderOfScikit() : ""));

        DigitDataset read = DigitFiles.Read(path, new DigitFileOptions { RequireLabels = true });

        Assert.Equal((side, side), (read.Height, read.Width));
        Assert.Equal(Enumerable.Range(0, 300).Select(Label), read.Labels.Select(key => read.LabelMap[key]));
        Assert.Equal(cells.SelectMany(row => row.Select(cell => (byte)decimal.Round(value(cell) * 255, MidpointRounding.AwayFromZero))), read.Pixels);
    }

    private string Published(string layout)
    {
        string Rows(Func<int, IEnumerable<string>> row, string? header = null) => string.Concat(Enumerable.Range(0, Digits.Value.Count).Select(i => string.Join(',', row(i)) + "\n")).Insert(0, header is null ? "" : header + "\n");
        string names = string.Join(',', Enumerable.Range(0, 784).Select(i => $"pixel{i}")), fromOne = string.Join(',', Enumerable.Range(1, 784).Select(i => $"pixel{i}"));
        byte[] images = Digits.Value.Pixels;
        switch (layout)
        {
            case "Keras":
                Write("x_train.npy", [.. NpyHeader("|u1", "(300, 28, 28)"), .. images]);
                Write("y_train.npy", [.. NpyHeader("|u1", "(300,)"), .. Enumerable.Range(0, 300).Select(i => byte.Parse(Label(i), CultureInfo.InvariantCulture))]);
                return PathOf("x_train.npy");
            case "QMNIST":
                Write("qmnist-test-images-idx3-ubyte.gz", Gzip([.. Ints(0x803, 300, 28, 28), .. images]));
                Write("qmnist-test-labels-idx2-int.gz", Gzip([.. Ints(0xC02, 300, 8), .. Enumerable.Range(0, 300).SelectMany(i => Ints(int.Parse(Label(i), CultureInfo.InvariantCulture), 4, i, 0, 0, 0, 0, 0))]));
                return PathOf("qmnist-test-images-idx3-ubyte.gz");
            default:
                return Write("a.csv", layout switch
                {
                    "Kaggle" or "Fashion-MNIST" => Rows(i => [Label(i), .. Pixels(i)], $"label,{(layout == "Kaggle" ? names : fromOne)}"),
                    "pjreddie" => Rows(i => [Label(i), .. Pixels(i)]),
                    "OpenML" => Rows(i => [.. Pixels(i), $"'{Label(i)}'"], $"{fromOne},class"),
                    "EMNIST" => Rows(i => [Label(i), .. Enumerable.Range(0, 784).Select(p => Pixels(i)[p % 28 * 28 + p / 28])]),
                    "Kannada" => Rows(i => [$"{i}", Label(i), .. Pixels(i)], $"id,label,{names}"),
                    "Sign Language" => Rows(i => [Label(i), .. Pixels(i)], $"label,{fromOne}").Replace("\n", "\r\n", StringComparison.Ordinal),
                    _ => Rows(i => [Label(i), .. Pixels(i)], string.Join(',', Enumerable.Range(0, 785).Select(i => i == 0 ? "0" : $"0.{i}"))),
                });
        }
    }

    private static string Line(string layout, string[] cells, string label) => layout switch
    {
        "optdigits" => $"{string.Join(',', cells)},{label}\n",
        "scikit-learn" => $"{string.Join(',', cells.Select(cell => $"{cell}.0"))},{label}\n",
        "USPS" => $"{label}.0000 {string.Join(' ', cells)} \n",
        _ => $"{string.Join(' ', cells)} {string.Join(' ', Enumerable.Range(0, 10).Select(i => label == $"{i}" ? "1" : "0"))} \n",
    };

    private static string HeaderOfScikit() => string.Concat(Enumerable.Range(0, 64).Select(i => $"pixel_{i / 8}_{i % 8},")) + "target\n";

    private static string Label(int row) => Digits.Value.LabelMap[Digits.Value.Labels[row]];

    private static string[] Pixels(int row) => [.. Digits.Value.Image(row).ToArray().Select(pixel => pixel.ToString(CultureInfo.InvariantCulture))];

    private static double[] Averaged(ReadOnlySpan<byte> image, int side)
    {
        var small = new double[side * side];
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                double sum = 0;
                int top = y * 28 / side, bottom = Math.Max((y + 1) * 28 / side, top + 1), left = x * 28 / side, right = Math.Max((x + 1) * 28 / side, left + 1);
                for (int v = top; v < bottom; v++)
                {
                    for (int u = left; u < right; u++) sum += image[v * 28 + u];
                }

                small[y * side + x] = sum / ((bottom - top) * (right - left)) / 255;
            }
        }

        return small;
    }

    private static byte[] Ints(params int[] values) => [.. values.SelectMany(value => BitConverter.GetBytes(value).Reverse())];
}
