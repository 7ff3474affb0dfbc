using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Export;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DigitML.Tests.Export;

public class CSharpTextTests
{
    public static TheoryData<object?, string> Cases => new()
    {
        { new Conv2D(16, 3, UseBias: false), "new Conv2D(16, 3, UseBias: false)" },
        { new Conv2D(8, new Size2D(3, 5), Padding.Same, 2), "new Conv2D(8, new Size2D(3, 5), Padding: Padding.Same, Stride: 2)" },
        { new MaxPool2D(2, Padding: Padding.Of(0, 0, 1, 1)), "new MaxPool2D(2, Padding: Padding.Of(0, 0, 1, 1))" },
        { new ReLU(), "new ReLU()" },
        { new BatchNorm(0.99f), "new BatchNorm(Momentum: 0.99f)" },
        { new Sgd(0.9f, Nesterov: true), "new Sgd(Momentum: 0.9f, Nesterov: true)" },
        { new MultiStep(0.1f, 0.5f, [2, 4]), "new MultiStep(0.1f, 0.5f, [2, 4])" },
        { new OneCycle(0.2f, Curve: OneCycleCurve.Linear), "new OneCycle(0.2f, Curve: OneCycleCurve.Linear)" },
        { WeightInitializer.GlorotUniform, "WeightInitializer.GlorotUniform" },
        { new InverseTime(0.003f, 0.319f, DecaySteps: null), "new InverseTime(0.003f, 0.319f)" },
        { new InverseTime(0.003f, 0.319f, DecaySteps: 7), "new InverseTime(0.003f, 0.319f, DecaySteps: 7)" },
        { "a \"b\" \\c", "\"a \\\"b\\\" \\\\c\"" },
        { float.NaN, "float.NaN" },
        { float.NegativeInfinity, "float.NegativeInfinity" },
        { null, "null" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_value_is_the_expression_that_makes_it(object? value, string expected) => Assert.Equal(expected, CSharpText.Of(value));

    [Fact]
    public void A_literal_is_one_line_of_visible_characters_and_means_the_text()
    {
        string every = string.Concat(Enumerable.Range(0, 0x10000).Select(c => (char)c));
        foreach (string text in new[] { every, "\uD83D\uDE00", "\uDE00\uD83D", "\\u0041", "\"", "{{name}} {0}", "a\u2028b\u202Ec\u200Bd" })
        {
            string literal = CSharpText.Quoted(text);
            Assert.DoesNotContain(literal, c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202E' or '\u200B' or '\uFEFF');
            SyntaxToken token = SyntaxFactory.ParseToken(literal);
            Assert.Equal((SyntaxKind.StringLiteralToken, literal.Length, false), (token.Kind(), token.FullSpan.Length, token.ContainsDiagnostics));
            Assert.Equal(text, token.ValueText);
        }

        Assert.Equal("\"größer, 数字 \U0001F600\"", CSharpText.Quoted("größer, 数字 \U0001F600"));
    }

    [Theory]
    [InlineData("digit-reader", "DigitReader")]
    [InlineData("/tmp/a b/My_Reader/", "My_Reader")]
    [InlineData("7up", "Digits")]
    [InlineData("console", "Digits")]
    [InlineData("nul", "Digits")]
    public void A_folder_gives_a_project_its_name(string folder, string name) => Assert.Equal(name, ProjectName.Of(folder));

    [Fact]
    public void A_name_has_at_most_100_letters_and_nothing_after_them()
    {
        Assert.Null(ProjectName.Problem(new string('A', 100)));
        foreach (string name in new[] { new string('A', 101), "Reader\n" }) Assert.Equal("a name has up to 100 of A-Z, a-z, 0-9 and _, the first a capital letter", ProjectName.Problem(name));
        Assert.All(["CON", "nul", "Com1", "LPT9", "Aux", "Prn"], name => Assert.NotNull(ProjectName.Problem(name)));
        Assert.Null(ProjectName.Problem("Com10"));
    }
}
