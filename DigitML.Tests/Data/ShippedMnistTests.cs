using System.Buffers.Binary;
using System.Security.Cryptography;
using DigitML.Data;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

public class ShippedMnistTests
{
    [Theory]
    [InlineData("mnist-train.csv.gz", 60_000, new[] { 5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949 },
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5")]
    [InlineData("mnist-test.csv.gz", 10_000, new[] { 980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009 },
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")]
    public void Holds_the_pixels_and_labels_of_the_original_files(string file, int rows, int[] rowsOfDigit, string imagesChecksum, string labelsChecksum)
    {
        DigitDataset dataset = DigitFiles.Read(RepositoryFolder.PathOf($"data/{file}"));

        Assert.Equal((rows, 28, 28), (dataset.Count, dataset.Height, dataset.Width));
        Assert.Equal("0 1 2 3 4 5 6 7 8 9", string.Join(" ", dataset.LabelMap.Labels));
        Assert.Equal(rowsOfDigit, dataset.Labels.GroupBy(key => key).OrderBy(group => group.Key).Select(group => group.Count()));
        Assert.Equal(imagesChecksum, ChecksumOfIdx([0x803, rows, 28, 28], dataset.Pixels));
        Assert.Equal(labelsChecksum, ChecksumOfIdx([0x801, rows], [.. dataset.Labels.Select(key => (byte)key)]));
    }

    [Theory]
    [InlineData("mnist-train.csv.gz")]
    [InlineData("mnist-test.csv.gz")]
    public void The_readme_gives_the_checksum(string file)
    {
        string checksum = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(RepositoryFolder.PathOf($"data/{file}"))));

        Assert.Contains($"| `{file}` | ", File.ReadAllText(RepositoryFolder.PathOf("data/README.md")), StringComparison.Ordinal);
        Assert.Contains($"| `{checksum}` |", File.ReadAllText(RepositoryFolder.PathOf("data/README.md")), StringComparison.Ordinal);
    }

    private static string ChecksumOfIdx(int[] header, byte[] data)
    {
        var file = new byte[header.Length * 4 + data.Length];
        for (int i = 0; i < header.Length; i++) BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(i * 4), header[i]);
        data.CopyTo(file.AsSpan(header.Length * 4));
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
