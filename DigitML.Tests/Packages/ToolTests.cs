using System.IO.Compression;
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
        Release(In("repository"), "v9.8.7");
        DotnetCommand.Run(In("repository"), "pack", "-c", "Release", "-o", source, "DigitML.Training", "-p:RunAnalyzers=false", $"-p:ToolPackageRuntimeIdentifiers={platform}");
        string package = Path.Combine(source, $"digitml.{platform}.9.8.7.nupkg");
        Assert.InRange(new FileInfo(package).Length, 1, 60_000_000);
        CheckNotices(package);

        File.WriteAllText(In("nuget.config"), $"""<configuration><config><add key="globalPackagesFolder" value="{In("cache")}" /></config><packageSources><clear /><add key="here" value="{source}" /></packageSources></configuration>""");
        DotnetCommand.Run(away, "tool", "install", "digitml", "--tool-path", tool, "--configfile", In("nuget.config"));
        string digitml = Path.Combine(tool, OperatingSystem.IsWindows() ? "digitml.exe" : "digitml");

        Assert.StartsWith("9.8.7", DotnetCommand.RunProgram(away, digitml, "--version"), StringComparison.Ordinal);
        Assert.Contains("Next:\n  digitml train --data data/mnist-train.csv.gz", DotnetCommand.RunProgram(away, digitml, "data", "get", "mnist"), StringComparison.Ordinal);
        Assert.Contains("60,000 rows of 28x28 pixels, 10 classes", DotnetCommand.RunProgram(away, digitml, "data", "info", "data/mnist-train.csv.gz"), StringComparison.Ordinal);
        string trained = DotnetCommand.RunProgram(away, digitml, "train", "--recipe", "tiny", "--epochs", "1", "--out", "run");
        Assert.Contains("\n  digitml serve --model run\n", trained, StringComparison.Ordinal);
        DotnetCommand.RunProgram(away, digitml, "export", "--model", "run", "--template", "console", "--out", "Reader");
        DotnetCommand.Run(Path.Combine(away, "Reader"), "build", "-c", "Release", "-warnaserror", "-o", "out");
        Assert.Contains("The first row of sample.csv", DotnetCommand.Run(Path.Combine(away, "Reader"), "out/Reader.dll"), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // A clone of a public repository whose commit has the tag of a release.
    private static void Release(string repository, string tag)
    {
        Git("init", "--quiet");
        Git("add", "--all");
        Git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "All");
        Git("tag", tag);
        Git("remote", "add", "origin", "https://github.com/example/digitml.git");

        void Git(params string[] arguments) => DotnetCommand.RunProgram(repository, "git", arguments);
    }

    // Every library of others, managed or native, is named in the notices; licences are beside them.
    private static void CheckNotices(string path)
    {
        using ZipArchive package = ZipFile.OpenRead(path);
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        string notices = TextOf(package, files.Single(file => file.EndsWith("/THIRD-PARTY-NOTICES.txt", StringComparison.Ordinal) && !file.Contains("/licenses/", StringComparison.Ordinal)));
        string[] libraries = [.. files.Where(file => Path.GetExtension(file) is ".dll" or ".so" or ".dylib" or ".exe").Select(file => file.Split('/')[^1])];
        Assert.All(libraries.Where(IsOfOthers), library => Assert.Contains(library, notices, StringComparison.Ordinal));
        Assert.Contains(libraries, IsOfOthers);
        foreach (string file in new[] { "LICENSE", "data/mnist-license.txt", "licenses/MIT.txt", "licenses/BitMiracle.LibJpeg.NET/license.txt", "licenses/Microsoft.ML.OnnxRuntime/LICENSE", "licenses/Microsoft.ML.OnnxRuntime/ThirdPartyNotices.txt" })
        {
            Assert.Contains(files, name => name.EndsWith($"/{file}", StringComparison.Ordinal));
        }
    }

    private static bool IsOfOthers(string library) => !library.StartsWith("DigitML.", StringComparison.Ordinal) && Path.GetFileNameWithoutExtension(library) != "digitml";

    private static string TextOf(ZipArchive package, string name)
    {
        using var reader = new StreamReader(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private string In(string name) => Path.Combine(folder, name);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from).Where(file => Path.GetFileName(file) != ".git")) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string below in Directory.EnumerateDirectories(from).Where(below => !LeftOut.Contains(Path.GetFileName(below)))) Copy(below, Path.Combine(to, Path.GetFileName(below)));
    }
}
