using DigitML.Export;

namespace DigitML.Tests.Export;

public class TemplateTextTests
{
    [Theory]
    [InlineData("a {{x}} b {{y}}", "a {{y}} b {{x}}")]
    [InlineData("{{{x}}.y}", "{{{y}}.y}")]
    [InlineData("{{x}}{{x}}", "{{y}}{{y}}")]
    [InlineData("{{if x}}\none\n{{end}}\ntwo\n", "one\ntwo\n")]
    [InlineData("{{if z}}\none\n{{end}}\ntwo\n", "two\n")]
    [InlineData("{{if z}}\none\n{{end}}\n{{if x}}\ntwo\n{{end}}\n", "two\n")]
    public void Words_come_into_their_places_and_are_no_places_themselves(string template, string expected) =>
        Assert.Equal(expected, TemplateText.Fill(template, new Dictionary<string, string> { ["x"] = "{{y}}", ["y"] = "{{x}}" }));

    [Fact]
    public void A_place_without_a_word_is_an_error() =>
        Assert.Throws<KeyNotFoundException>(() => TemplateText.Fill("{{z}}", new Dictionary<string, string>()));
}
