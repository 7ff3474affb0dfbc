using System.Runtime.InteropServices;

namespace DigitML.Tests.Packages;

/// <summary>The console as a .NET tool, installed from a package into an empty place and used far from the repository.</summary>
public sealed class ToolTests : IDisposable
{
    // What a build reads; it goes into a copy, so that no build under way is disturbed.
    private static readonly string[] LeftOut = ["bin", "obj", ".git", "runs"];

    private readonly string folder = Directory.CreateTempSubdirectory("digitml-tool-").FullName;

    [Fact(Explicit = true)]
    public void The_tool_is_packed_installed_and_used()
    {
        string platform = RuntimeInformation.RuntimeIdentifier, source = In("source"), tool = In("tool"), away = Directory.CreateDirectory(In("away")).FullName;
        Copy(RepositoryFolder.Path, In("repository"));
        DotnetCommand.Run(In("repository"), "pack", "-c", "Release", "-o", source, "DigitML.Training", "-p:RunAnalyzers=false",
            $"-p:RuntimeIdentifiers={platform}", $"-p:ToolPackageRuntimeIdentifiers={platform}");
        Assert.InRange(new FileInfo(Path.Combine(source, $"digitml.{platform}.0.1.0.nupkg")).Length, 1, 60_000_000);

        File.WriteAllText(In("nuget.config"), $"""<configuration><config><add key="globalPackagesFolder" value="{In("cache")}" /></config><packageSources><clear /><add key="here" value="{source}" /></packageSources></configuration>""");
        DotnetCommand.Run(away, "tool", "install", "digitml", "--tool-path", tool, "--configfile", In("nuget.config"));
        string digitml = Path.Combine(tool, OperatingSystem.IsWindows() ? "digitml.exe" : "digitml");

        Assert.Contains("60,000 rows of 28x28 pixels, 10 classes", DotnetCommand.RunProgram(away, digitml, "data", "info", Path.Combine(ToolFolder(tool), "data", "mnist-train.csv.gz")), StringComparison.Ordinal);
        string trained = DotnetCommand.RunProgram(away, digitml, "train", "--recipe", "tiny", "--epochs", "1", "--out", "run");
        Assert.Contains("\n  digitml serve --model run/model.onnx\n", trained, StringComparison.Ordinal);
        DotnetCommand.RunProgram(away, digitml, "export", "--model", "run", "--template", "console", "--out", "Reader");
        DotnetCommand.Run(Path.Combine(away, "Reader"), "build", "-c", "Release", "-warnaserror", "-o", "out");
        Assert.Contains("The first row of sample.csv", DotnetCommand.Run(Path.Combine(away, "Reader"), "out/Reader.dll"), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string ToolFolder(string tool) =>
        Path.GetDirectoryName(Directory.EnumerateFiles(tool, "digitml.dll", SearchOption.AllDirectories).Single())!;

    private string In(string name) => Path.Combine(folder, name);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string below in Directory.EnumerateDirectories(from).Where(below => !LeftOut.Contains(Path.GetFileName(below)))) Copy(below, Path.Combine(to, Path.GetFileName(below)));
    }
}
