using System.Diagnostics;
using DigitML.Tests.EndToEnd;
using DigitML.Tests.Packages;

namespace DigitML.Tests.Documentation;

/// <summary>Runs the commands of README and docs, in their order, in a folder that holds the files they name. Training takes fewer rows and epochs than typed.</summary>
public sealed class ShellSnippetRunTests : IDisposable
{
    private static readonly string Console = Path.Combine(AppContext.BaseDirectory, "digitml.dll");

    private readonly string folder = Directory.CreateTempSubdirectory("digitml-typed-").FullName;

    public static TheoryData<string> Pages => [.. MarkdownPages.All.Where(page => ShellSnippetTests.Lines(page).Any(line => ShellSnippetTests.ArgumentsOf(line) is not null))];

    [Theory(Explicit = true)]
    [MemberData(nameof(Pages))]
    public void The_commands_of_a_page_run(string page)
    {
        PutFiles();
        foreach (string line in ShellSnippetTests.Lines(page).Where(line => !line.Contains("node_modules", StringComparison.Ordinal)))
        {
            if (ShellSnippetTests.ArgumentsOf(line) is not { } arguments) continue;
            if (arguments[0] == "serve") AssertServes(arguments);
            else
            {
                string output = DotnetCommand.Run(folder, [Console, .. Shortened(arguments)]);
                if (line.Split(" > ") is [_, var file]) File.WriteAllText(In(file), output);
            }
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string In(string name) => Path.Combine(folder, name);

    private void PutFiles()
    {
        using var data = new SmallData();
        foreach (string name in new[] { "train.csv", "digits.csv" }) File.Copy(data.Train, In(name));
        File.Copy(data.Test, In("test.csv"));
        foreach (string run in new[] { "runs/first", "runs/second" }) DotnetCommand.Run(folder, Console, "train", "--recipe", data.Recipe, "--data", "train.csv", "--test-data", "test.csv", "--out", run);
        foreach (string picture in new[] { "seven.png", "digit.png" }) DotnetCommand.Run(folder, Console, "data", "sample", "test.csv", "--rows", "1", "--out", picture);
        WriteIdx("train");
    }

    // An IDX pair of two images, for the commands that read one.
    private void WriteIdx(string name)
    {
        File.WriteAllBytes(In($"{name}-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[2 * 784]]);
        File.WriteAllBytes(In($"{name}-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 2, 3, 4]);
    }

    private static string[] Shortened(string[] arguments) => arguments[0] is not ("train" or "retrain") ? arguments
        : [.. arguments, "--epochs", "1", .. arguments.Contains("--data") ? (string[])[] : ["--data", "train.csv", "--test-data", "test.csv"]];

    private void AssertServes(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Console, .. arguments, "--urls", "http://127.0.0.1:0"]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string? line = process.StandardOutput.ReadLine() ?? process.StandardError.ReadLine();
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        Assert.Contains("http://127.0.0.1:", line, StringComparison.Ordinal);
    }
}
