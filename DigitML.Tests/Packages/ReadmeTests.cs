using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DigitML.Tests.Packages;

/// <summary>The code in the READMEs of packages compiles as it stands; PackageTests also runs that of DigitML.Experiments.</summary>
public sealed partial class ReadmeTests
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder; global using Microsoft.Extensions.DependencyInjection;
        """;

    [Theory]
    [InlineData("DigitML.Data")]
    [InlineData("DigitML.MLNet")]
    [InlineData("DigitML.Experiments")]
    [InlineData("DigitML.Export")]
    [InlineData("DigitML.Server")]
    public void The_code_of_the_README_compiles(string package)
    {
        string code = Assert.Single(CSharpBlocks().Matches(File.ReadAllText(RepositoryFolder.PathOf($"{package}/README.md")))).Groups[1].Value;
        SyntaxTree[] trees = [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(code)];
        MetadataReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file))];
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);

        IEnumerable<Diagnostic> diagnostics = CSharpCompilation.Create(package, trees, references, options).GetDiagnostics(TestContext.Current.CancellationToken);

        Assert.Empty(diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString()));
    }

    [GeneratedRegex("(?s)```csharp\n(.*?)```")]
    private static partial Regex CSharpBlocks();
}
