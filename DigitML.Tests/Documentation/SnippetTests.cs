using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DigitML.Tests.Documentation;

/// <summary>The C# in the README, in docs and in the READMEs of packages compiles. Slow tests also run that of DigitML.Experiments, DigitML.Export and docs/mlnet.md.</summary>
public sealed partial class SnippetTests
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder; global using Microsoft.Extensions.DependencyInjection;
        """;

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file))];

    // What the text around a snippet says is there.
    private static readonly Dictionary<string, string> Given = new()
    {
        ["DigitML.Engine/README.md"] = "DigitDataset rows = null!;",
        ["DigitML.Model/README.md"] = "byte[] pixels = [];",
        ["docs/serving.md"] = "using DigitML.Server;\nWebApplicationBuilder builder = WebApplication.CreateBuilder();",
    };

    /// <summary>The pages that have C# in them; docs/mlnet.md is one program in several parts, with a test of its own.</summary>
    public static TheoryData<string> Pages => [.. MarkdownPages.All.Where(page => page != "docs/mlnet.md" && Snippets(page).Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_code_of_a_page_compiles(string page)
    {
        string[] snippets = [.. Snippets(page)];
        string[] usings = [.. snippets.Append(Given.GetValueOrDefault(page, "")).SelectMany(code => Using().Matches(code).Select(line => line.Value.Trim())).Distinct()];
        foreach (string snippet in snippets)
        {
            string code = $"{string.Join('\n', usings)}\n#pragma warning disable CS8321, CS0219\n{Using().Replace(Given.GetValueOrDefault(page, ""), "")}\n{Using().Replace(snippet, "")}";
            Assert.Equal([], Problems(code));
        }
    }

    private static IEnumerable<string> Problems(string code)
    {
        SyntaxTree[] trees = [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(code)];
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create("page", trees, References, options).GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString());
    }

    private static IEnumerable<string> Snippets(string page) => Block().Matches(MarkdownPages.Text(page)).Select(block => block.Groups[1].Value);

    [GeneratedRegex("(?s)```csharp\n(.*?)```")]
    private static partial Regex Block();

    [GeneratedRegex(@"(?m)^using [\w.]+;\n")]
    private static partial Regex Using();
}
