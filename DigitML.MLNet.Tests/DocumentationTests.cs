using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Model.Images;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DigitML.MLNet.Tests;

/// <summary>The C# of docs/mlnet.md, as it stands but for the paths of its files, which name fewer digits.</summary>
public sealed partial class DocumentationTests : IDisposable
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http;
        global using System.Threading; global using System.Threading.Tasks;
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("digitml-docs-").FullName;

    [Fact]
    public void The_code_of_the_page_compiles() => Compile(Code()).Dispose();

    [Fact(Explicit = true)]
    public void The_code_of_the_page_runs()
    {
        CsvDigitWriter.Write(Path.Combine(folder, "train.csv"), Digits.Rows(0, 1500));
        CsvDigitWriter.Write(Path.Combine(folder, "test.csv"), Digits.Rows(5000, 500));
        WritePictures(Digits.Rows(0, 400));
        string code = Code();
        foreach ((string path, string file) in new[]
        {
            ("data/mnist-train.csv.gz", "train.csv"), ("data/mnist-test.csv.gz", "test.csv"), ("digits.onnx", "digits.onnx"), ("digits.zip", "digits.zip"), ("lbfgs.zip", "lbfgs.zip"),
            ("pictures", "pictures"),
        })
        {
            Assert.Contains($"\"{path}\"", code, StringComparison.Ordinal);
            code = code.Replace($"\"{path}\"", $"@\"{Path.Combine(folder, file)}\"", StringComparison.Ordinal);
        }

        string output = Run(code);
        Assert.Matches(@"(?m)^epoch 1/\d+: loss \d", output);
        Assert.Contains("PREDICTED ||     0 |     1 |     2 |     3 |     4 |     5 |     6 |     7 |     8 |     9 |", output, StringComparison.Ordinal);
        double trained = Percent(output, "DigitCnn");
        Assert.InRange(trained, 90, 100);
        Assert.Equal(trained, Percent(output, "Loaded"), 0.3);
        Assert.InRange(Percent(output, "lbfgs"), 75, 100);
        Assert.InRange(Percent(output, "Pictures"), 70, 100);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Code()
    {
        string page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Digits.TestFile))!, "docs", "mlnet.md"));
        return string.Join("\n", Blocks().Matches(page).Select(block => block.Groups[1].Value));
    }

    private static MemoryStream Compile(string code)
    {
        SyntaxTree[] trees = [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(code)];
        MetadataReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file))];
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);
        var assembly = new MemoryStream();
        var result = CSharpCompilation.Create("page", trees, references, options).Emit(assembly);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString()));
        assembly.Position = 0;
        return assembly;
    }

    private static string Run(string code)
    {
        using MemoryStream assembly = Compile(code);
        MethodInfo main = AssemblyLoadContext.Default.LoadFromStream(assembly).EntryPoint!;
        TextWriter console = Console.Out;
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(TextWriter.Synchronized(output));
        try
        {
            main.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
        }

        return output.ToString();
    }

    private static double Percent(string output, string name) =>
        double.Parse(Regex.Match(output, $@"(?m)^{name}: ([\d.]+) ?%").Groups[1].Value, CultureInfo.InvariantCulture);

    // Dark on light, as the page takes them.
    private void WritePictures(DigitDataset digits)
    {
        for (int row = 0; row < digits.Count; row++)
        {
            string file = Path.Combine(folder, "pictures", digits.LabelMap[digits.Labels[row]], $"{row:0000}.png");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            using FileStream stream = File.Create(file);
            new DigitImage(digits.Height, digits.Width, Array.ConvertAll(digits.Image(row).ToArray(), pixel => (byte)(255 - pixel))).SavePng(stream);
        }
    }

    [GeneratedRegex("(?s)```csharp\n(.*?)```")]
    private static partial Regex Blocks();
}
