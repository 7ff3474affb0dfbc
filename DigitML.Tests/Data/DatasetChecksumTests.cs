using System.Security.Cryptography;
using DigitML.Data;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

public class DatasetChecksumTests
{
    private static readonly DigitDataset Dataset = Of("a.csv", 1, 2, [1, 2, 3, 4], [0, -1], ["x", "y"]);

    [Fact]
    public void Is_sha_256_of_sizes_labels_keys_and_pixels()
    {
        byte[] content =
        [
            1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, // height, width, rows, classes
            (byte)'x', 0, (byte)'y', 0,
            0, 0, 0, 0, 255, 255, 255, 255,
            1, 2, 3, 4,
        ];

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), DatasetChecksum.Of(Dataset));
    }

    [Fact]
    public void Does_not_depend_on_the_name() => Assert.Equal(DatasetChecksum.Of(Dataset), DatasetChecksum.Of(Of("b.idx", 1, 2, [1, 2, 3, 4], [0, -1], ["x", "y"])));

    [Fact]
    public void Depends_on_all_else()
    {
        DigitDataset[] others =
        [
            Of("a.csv", 2, 1, [1, 2, 3, 4], [0, -1], ["x", "y"]),
            Of("a.csv", 1, 2, [1, 2, 4, 3], [0, -1], ["x", "y"]),
            Of("a.csv", 1, 2, [1, 2, 3, 4], [1, -1], ["x", "y"]),
            Of("a.csv", 1, 2, [1, 2, 3, 4], [0, -1], ["x", "z"]),
            Of("a.csv", 1, 2, [1, 2, 3, 4], [0, -1], ["x"]),
        ];

        Assert.Equal(others.Length + 1, others.Append(Dataset).Select(DatasetChecksum.Of).Distinct().Count());
    }

    private static DigitDataset Of(string name, int height, int width, byte[] pixels, int[] labels, string[] names) =>
        new(name, height, width, pixels, labels, new LabelMap(names));
}
