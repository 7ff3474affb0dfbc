using System.Text.RegularExpressions;
using DigitML.Data;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Packages;

/// <summary>The packages are used as a stranger would: by an app in a folder of its own that references nothing else, whose code is that of a package's README.</summary>
public sealed partial class PackageTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <InvariantGlobalization>true</InvariantGlobalization>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="DigitML.Experiments" Version="*-*" />
          </ItemGroup>
        </Project>
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("digitml-packages-").FullName;

    [Fact(Explicit = true)]
    public void The_code_of_the_README_runs_in_an_app_that_has_the_packages_alone()
    {
        PackedLibraries.Pack(In("source"));
        string app = Directory.CreateDirectory(In("app")).FullName;
        File.WriteAllText(In("app/App.csproj"), Project);
        File.WriteAllText(In("app/nuget.config"), NuGetConfig());
        File.WriteAllText(In("app/Program.cs"), CodeOf("DigitML.Experiments/README.md"));
        DigitDataset digits = DigitFiles.Read(RepositoryFolder.PathOf("data/mnist-test.csv.gz"));
        CsvDigitWriter.Write(In("app/digits.csv"), digits.Subset("digits", [.. Enumerable.Range(0, 600)]));
        CsvDigitWriter.Write(In("app/new.csv"), digits.Subset("new", [.. Enumerable.Range(600, 200)]));

        DotnetCommand.Run(app, "build", "-c", "Release", "-warnaserror", "-o", "out");
        string output = DotnetCommand.Run(app, "out/App.dll");

        Assert.True(Directory.Exists(In("cache/digitml.experiments")), "The app was built with a package from elsewhere.");
        Assert.Contains("Epoch 40/40\n", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^ +accuracy +0\.[5-9]\d{3} +120$", output);
        Assert.Matches(@"(?m)^  mine  [+-]?\d+\.\d\d points \(\d+ rows that only mine predicts correctly", output);
        Assert.Matches(@"Predicted \d\n$", output);
        foreach (string run in new[] { "runs/tiny", "runs/mine", "runs/retrained" })
        {
            string[] files = ["history.csv", "metrics.json", "model.onnx", "plan.json", "predictions.csv", "recipe.json", "report.html"];
            Assert.Equal(files, Directory.GetFiles(In($"app/{run}")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }

        Assert.Contains("<h1>2 runs compared</h1>", File.ReadAllText(In("app/comparison.html")), StringComparison.Ordinal);
        Assert.Contains("<h1>digits.onnx</h1>", File.ReadAllText(In("app/evaluation.html")), StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public void An_app_with_the_packages_alone_exports_a_project_that_runs()
    {
        PackedLibraries.Pack(In("source"));
        string app = Directory.CreateDirectory(In("app")).FullName;
        File.WriteAllText(In("app/App.csproj"), Project.Replace("DigitML.Experiments", "DigitML.Export", StringComparison.Ordinal));
        File.WriteAllText(In("app/nuget.config"), NuGetConfig());
        File.WriteAllText(In("app/Program.cs"), CodeOf("DigitML.Export/README.md"));
        DigitDataset digits = DigitFiles.Read(RepositoryFolder.PathOf("data/mnist-test.csv.gz"));
        CsvDigitWriter.Write(In("app/train.csv"), digits.Subset("digits", [.. Enumerable.Range(0, 60)]));
        File.Copy(RepositoryFolder.PathOf("DigitML.Model/Default/default.onnx"), In("app/model.onnx"));

        DotnetCommand.Run(app, "build", "-c", "Release", "-warnaserror", "-o", "out");
        DotnetCommand.Run(app, "out/App.dll");

        string exported = In("app/DigitReader");
        DotnetCommand.Run(exported, "build", "-c", "Release", "-warnaserror", "-o", "out");
        Assert.Contains("The first row of sample.csv, labelled 7:\n", DotnetCommand.Run(exported, "out/DigitReader.dll"), StringComparison.Ordinal);
        Assert.Contains("\"System.IO.Compression.UseStrictValidation\": true", File.ReadAllText(Path.Combine(exported, "out/DigitReader.runtimeconfig.json")), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string In(string name) => Path.Combine(folder, name);

    // DigitML's packages come from here, whatever of the same version the machine has; others are taken from where the machine has them.
    private string NuGetConfig()
    {
        string machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        bool hasDigitML = Directory.Exists(machine) && Directory.EnumerateDirectories(machine, "digitml.*").Any();
        return $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{In("cache")}" />
              </config>
              <fallbackPackageFolders>
                {(hasDigitML || !Directory.Exists(machine) ? "" : $"""<add key="machine" value="{machine}" />""")}
              </fallbackPackageFolders>
              <packageSources>
                <add key="digitml" value="{In("source")}" />
              </packageSources>
            </configuration>
            """;
    }

    private static string CodeOf(string readme) => Assert.Single(CSharpBlocks().Matches(File.ReadAllText(RepositoryFolder.PathOf(readme)))).Groups[1].Value;

    [GeneratedRegex("(?s)```csharp\n(.*?)```")]
    private static partial Regex CSharpBlocks();
}
