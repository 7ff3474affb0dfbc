using System.Globalization;
using System.IO.Compression;

namespace DigitML.OnnxParity.Tests;

/// <summary>Images of whole numbers, as DigitML takes them (bytes) and as ONNX Runtime does (floats), with their labels.</summary>
/// <param name="Bytes">Count x height x width, row-major.</param>
/// <param name="Values">The same as floats.</param>
/// <param name="Labels">One for each image; empty where nothing labels them.</param>
/// <param name="Count">Number of images.</param>
internal sealed record Images(byte[] Bytes, float[] Values, string[] Labels, int Count)
{
    private const int PixelCount = 784;

    private static readonly Lazy<string[]> Rows = new(ReadRows);

    /// <summary>The first of the 10,000 shipped test digits. They are read here, not by DigitML, so that a mistake in its reader shows too.</summary>
    internal static Images TestDigits(int count)
    {
        string[][] fields = [.. Rows.Value.Take(count).Select(row => row.Split(','))];
        Assert.Equal(count, fields.Length);
        Assert.All(fields, row => Assert.Equal(1 + PixelCount, row.Length));
        float[] values = [.. fields.SelectMany(row => row.Skip(1)).Select(field => float.Parse(field, CultureInfo.InvariantCulture))];
        return new Images(Array.ConvertAll(values, value => checked((byte)value)), values, [.. fields.Select(row => row[0])], count);
    }

    /// <summary>Random pixels.</summary>
    internal static Images Random(int count, int pixelCount, int seed)
    {
        var bytes = new byte[count * pixelCount];
        new Random(seed).NextBytes(bytes);
        return new Images(bytes, Array.ConvertAll(bytes, pixel => (float)pixel), [], count);
    }

    /// <summary>The path of a file in the repository's folder <c>data</c>.</summary>
    internal static string DataFile(string name)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DigitML.sln"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "data", name);
    }

    private static string[] ReadRows()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(DataFile("mnist-test.csv.gz")), CompressionMode.Decompress));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1)];
    }
}
