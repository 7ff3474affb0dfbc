using System.Text.Json;
using DigitML.Experiments.CommandLines;
using DigitML.Tests.Data;
using DigitML.Training;

namespace DigitML.Tests.Commands;

public sealed class DataGetCommandTests : DataFolder
{
    private const string License = "mnist-license.txt", Test = "mnist-test.csv.gz", Train = "mnist-train.csv.gz";

    [Fact]
    public void The_files_are_copied_once_and_are_those_that_are_shipped()
    {
        string folder = PathOf("new/my digits"), train = Path.Combine(folder, Train), test = Path.Combine(folder, Test), license = Path.Combine(folder, License);
        string next = $"\nNext:\n  {CommandLineText.Of("train", "--data", train, "--test-data", test)}\n";

        Assert.Equal(
            (0, $"{train}: 12,554,974 bytes\n{test}: 2,086,809 bytes\n{license}: {new FileInfo(RepositoryFolder.PathOf($"data/{License}")).Length} bytes\n{next}"),
            Run("data", "get", "mnist", "--out", folder));
        Assert.Equal([License, Test, Train], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (string file in new[] { train, test, license })
        {
            Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(RepositoryFolder.PathOf($"data/{Path.GetFileName(file)}"))), file);
        }

        DateTime written = File.GetLastWriteTimeUtc(train);
        File.Delete(license);
        (int exitCode, string output) = Run("data", "get", "mnist", "--out", folder, "--json");
        Assert.Equal(0, exitCode);
        Assert.Equal([false, false, true], JsonDocument.Parse(output).RootElement.EnumerateArray().Select(file => file.GetProperty("isNew").GetBoolean()));
        Assert.Equal(written, File.GetLastWriteTimeUtc(train));
        Assert.Contains($"{test}: 2,086,809 bytes, already there\n", Run("data", "get", "mnist", "--out", folder).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_data_set_is_refused() => Assert.Equal(2, Run("data", "get", "--out", PathOf("nowhere")).ExitCode);

    [Fact]
    public void A_file_of_the_user_stays_and_nothing_is_written_beside_it()
    {
        string mine = Write(License, "mine");

        Assert.Equal((1, $"error: {mine} already exists with other content; choose another --out, or move it away.\n"), Run("data", "get", "mnist", "--out", PathOf("")));

        Assert.Equal([License], Directory.GetFiles(PathOf("")).Select(Path.GetFileName));
        Assert.Equal("mine", File.ReadAllText(mine));
    }

    [Fact]
    public void Without_a_name_it_lists_what_there_is()
    {
        Assert.StartsWith("mnist  70,000 handwritten digits of 28x28 pixels (CC BY-SA 3.0)\n\nNext:\n  ", Run("data", "get").Output, StringComparison.Ordinal);
        Assert.Equal("mnist", JsonDocument.Parse(Run("data", "get", "--json").Output).RootElement[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Another_name_is_answered_with_those_there_are() => Assert.Equal(
        (2, "error: There is no data set \"emnist\"; the program comes with mnist. See digitml data get --help.\n"), Run("data", "get", "emnist"));

    /// <summary>The exit code, and the results or, if it failed, the message.</summary>
    private static (int ExitCode, string Output) Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = DigitMLConsole.Run(args, output, error);
        return (exitCode, exitCode == 0 ? output.ToString() : error.ToString());
    }
}
