using DigitML.Data;
using DigitML.Engine.Datasets;

namespace DigitML.MLNet.Tests;

/// <summary>A few of the shipped digits.</summary>
internal static class Digits
{
    private static readonly Lazy<DigitDataset> All = new(() => DigitFiles.Read(TestFile));

    internal static string TestFile => Path.Combine(Folder(), "data", "mnist-test.csv.gz");

    internal static DigitDataset Rows(int start, int count) => All.Value.Subset("digits", [.. Enumerable.Range(start, count)]);

    private static string Folder()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DigitML.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
