using DigitML.Experiments.Charts;

namespace DigitML.Tests.Charts;

public class MarkupTests
{
    [Fact]
    public void What_stands_in_braces_is_encoded_and_markup_is_not()
    {
        const string label = "a<b & \"c\"";
        Markup bold = Markup.Of($"<b>{label}</b>");
        Assert.Equal("<b>a&lt;b &amp; &quot;c&quot;</b>", bold.Text);
        Assert.Equal("<p><b>a&lt;b &amp; &quot;c&quot;</b></p>", Markup.Of($"<p>{bold}</p>").Text);
        Assert.Equal("<b>a&lt;b &amp; &quot;c&quot;</b>\n<i>2</i>", Markup.Of($"{(Markup[])[bold, Markup.Of($"<i>{2}</i>")]}").Text);
    }

    [Fact]
    public void Numbers_take_their_format_and_no_culture() => Assert.Equal("1,234.50 0.5", Markup.Of($"{1234.5:N2} {0.5}").Text);

    [Fact]
    public void Nothing_is_nothing()
    {
        Markup? none = null;
        string? text = null;
        Assert.Equal("", Markup.Of($"{none}{text}{Array.Empty<Markup>()}").Text);
    }
}
