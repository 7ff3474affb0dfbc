using DigitML.Engine;

namespace DigitML.Experiments.Runs;

/// <summary>The MNIST files that come with DigitML, searched for upward from the current folder or from the program's folder.</summary>
internal static class DefaultData
{
    private static readonly string TrainFile = Path.Combine("data", "mnist-train.csv.gz");
    private static readonly string TestFile = Path.Combine("data", "mnist-test.csv.gz");

    /// <summary>The files a command reads: those the user named, or both MNIST files if no training data was named.</summary>
    /// <exception cref="DigitMLException">None was named and the MNIST files were not found.</exception>
    internal static (string Data, string? TestData) Or(string? data, string? testData)
    {
        string training = data ?? TrainPath(Directory.GetCurrentDirectory());
        return (training, testData ?? (data is null ? TestPath(training) : null));
    }

    /// <summary>The 60,000 training digits.</summary>
    /// <exception cref="DigitMLException">They were not found.</exception>
    internal static string TrainPath(string currentFolder) => TrainPathOrNull(currentFolder)
        ?? throw new DigitMLException($"{TrainFile} is not in {currentFolder} or above it; go to the folder that holds data, or name a file with --data.");

    /// <summary>The 60,000 training digits; null if they were not found.</summary>
    internal static string? TrainPathOrNull(string currentFolder) => Find(TrainFile, currentFolder);

    /// <summary>The 10,000 test digits beside the training digits; null if they were not found.</summary>
    internal static string? TestPath(string trainPath)
    {
        string path = Path.Combine(Path.GetDirectoryName(trainPath)!, Path.GetFileName(TestFile));
        return File.Exists(path) ? path : null;
    }

    /// <summary>The folders "data" beside the program or above it, nearest first; they need not exist.</summary>
    internal static IEnumerable<string> ProgramFolders() => Upward(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, "data"));

    private static string? Find(string file, string currentFolder) =>
        Upward(currentFolder).Concat(Upward(AppContext.BaseDirectory)).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists) is string found
            ? Path.GetRelativePath(currentFolder, found) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : found
            : null;

    private static IEnumerable<string> Upward(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent) yield return folder.FullName;
    }
}
