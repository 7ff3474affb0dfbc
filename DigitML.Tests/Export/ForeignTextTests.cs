using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using DigitML.Data.Recipes;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Export;
using DigitML.Model;
using DigitML.Model.Contents;
using DigitML.Tests.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DigitML.Tests.Export;

/// <summary>What a model file says stands in an exported project as text, never as code.</summary>
public sealed class ForeignTextTests
{
    private const string Attack = "\"; System.IO.File.WriteAllText(\"x\",\"y\"); //";

    private static readonly string[] OddLabels =
    [
        Attack, "*/", "/*", "{{name}}", "{{layers}}", "{{if training}}", "a\nb", "a\r\nb", "\\", "\\\"", "\"\"\"", "{0}", "$\"{1}\"", "</summary>", "<see cref=\"x\"/>", "&amp;", "]]>",
        "\u2028", "\u2029", "\u202Eabc", "\u0085", "\0", "\uD800", "\uDC00\uD800", "größer", "数字",
    ];

    public static TheoryData<string> Templates => [.. Enum.GetNames<ProjectTemplate>()];

    [Theory]
    [MemberData(nameof(Templates))]
    public void Odd_texts_change_string_literals_alone(string template)
    {
        var kind = Enum.Parse<ProjectTemplate>(template);
        Dictionary<string, string> odd = FilesOf(kind, OddLabels, Attack), plain = FilesOf(kind, [.. OddLabels.Select((_, i) => $"class {i}")], "plain");
        Assert.Equal(plain.Keys, odd.Keys);
        Assert.Contains("Odd.training.cs", odd.Keys);
        foreach ((string file, string text) in odd)
        {
            if (!file.EndsWith(".cs", StringComparison.Ordinal))
            {
                Assert.Equal(plain[file], text);
                continue;
            }

            (SyntaxToken[] tokens, string[] comments) = Parse(text);
            (SyntaxToken[] plainTokens, string[] plainComments) = Parse(plain[file]);
            Assert.Equal(plainComments, comments);
            Assert.Equal(plainTokens.Select(Form), tokens.Select(Form));
        }

        SyntaxToken[] consumption = Parse(odd["Odd.consumption.cs"]).Tokens;
        Assert.Equal(OddLabels, consumption.Where(token => token.IsKind(SyntaxKind.StringLiteralToken)).Select(token => token.ValueText).Intersect(OddLabels));
    }

    [Fact(Explicit = true)]
    public void A_project_of_the_worst_texts_builds_and_answers()
    {
        string folder = Directory.CreateTempSubdirectory("digitml-").FullName, project = Path.Combine(folder, "Odd"), file = Path.Combine(folder, "odd.onnx");
        try
        {
            // Labels and names pass through a model file, as those of a stranger do; half a surrogate pair cannot.
            string[] labels = [.. OddLabels.Where(label => !label.Any(char.IsSurrogate))];
            Model(labels, Attack).Save(file);
            Project(ProjectTemplate.Console, DigitModel.Load(file)).Write(project);
            Run(project, "build", "-c", "Release", "-warnaserror");
            string rows = Path.Combine(folder, "rows.csv");
            File.WriteAllText(rows, string.Join(',', Enumerable.Repeat("0", 28 * 28)) + "\n");
            string output = Run(project, Path.Combine(project, "bin/Release/net10.0/Odd.dll"), rows);
            Assert.StartsWith("ImageId,Label\n1,", output, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(project, "x")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, string> FilesOf(ProjectTemplate template, string[] labels, string networkName) =>
        Project(template, Model(labels, networkName)).TextFiles().ToDictionary(file => file.File, file => file.Text);

    private static ExportedProject Project(ProjectTemplate template, DigitModel model) =>
        new("Odd", template, model) { Samples = template == ProjectTemplate.Console ? Sample(model) : null };

    private static DigitDataset Sample(DigitModel model)
    {
        int plain = model.Labels.Labels.IndexOf("größer");
        return new DigitDataset("sample", 28, 28, new byte[28 * 28], [Math.Max(plain, 0)], model.Labels);
    }

    private static DigitModel Model(string[] labels, string networkName)
    {
        var recipe = new Recipe(networkName.Replace("/", "", StringComparison.Ordinal), [new Flatten(), new Dense(labels.Length)], new TrainingPlan(1, 8, new Adam(), new Constant(0.01f)));
        var network = new Network(networkName, Shape.Image(28, 28, 1), recipe.Layers);
        var metadata = new ModelMetadata { RecipeJson = recipe.ToJson(), Seed = 1 };
        return new DigitModel(TestModels.Weights(network, seed: 1), new LabelMap(labels), PixelNormalization.Unit, metadata);
    }

    private static (SyntaxToken[] Tokens, string[] Comments) Parse(string code)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Parse)).GetRoot();
        Assert.Empty(root.GetDiagnostics());
        return ([.. root.DescendantTokens()], [.. root.DescendantTrivia().Where(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Select(trivia => trivia.ToFullString())]);
    }

    private static string Form(SyntaxToken token) => token.IsKind(SyntaxKind.StringLiteralToken) ? "a text" : token.Text;

    private static string Run(string folder, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return output.ReplaceLineEndings("\n");
    }
}
