using DigitML.Tests.EndToEnd;
using DigitML.Training.Terminals;

namespace DigitML.Tests.Commands;

public class ErrorTextTests
{
    private static readonly string Long = new('x', 300);

    [Fact]
    public void A_short_message_stays_and_is_one_line() =>
        Assert.Equal($"first second {new string('y', 200)}", ErrorText.Of($"first\r\n second\n{new string('y', 200)}"));

    [Theory]
    [InlineData("--name is \"{0}\"; it names a folder.", "--name is \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...xxxxxxxxxxx\"; it names a folder.")]
    [InlineData("\"a\" and {0}: there is no such file.", "\"a\" and xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...xxxxxxxxxxx: there is no such file.")]
    public void A_long_value_is_shortened_and_the_way_out_stays(string message, string expected) => Assert.Equal(expected, ErrorText.Of(message.Replace("{0}", Long, StringComparison.Ordinal)));

    [Fact]
    public void Many_words_are_cut() => Assert.Equal(300, ErrorText.Of(string.Join(' ', Enumerable.Repeat("word", 100))).Length);

    [Theory]
    [InlineData("train", "--name", "{0}/")]
    [InlineData("train", "--name", "{0}")]
    [InlineData("build", "--name", "{0}")]
    [InlineData("train", "--epochs", "{0}")]
    [InlineData("train", "--data", "{0}.csv")]
    [InlineData("train", "--recipe", "{0}")]
    [InlineData("train", "--set", "{0}")]
    [InlineData("train", "--device", "{0}")]
    [InlineData("train", "--{0}", "1")]
    [InlineData("predict", "--image", "{0}.png")]
    [InlineData("sweep", "--epochs-batch", "{0}")]
    [InlineData("compare", "{0}", "{0}y")]
    public void A_long_word_on_the_command_line_does_not_make_the_message_long(string command, string option, string value)
    {
        ConsoleRun run = ConsoleRun.Of(command, option.Replace("{0}", Long, StringComparison.Ordinal), value.Replace("{0}", Long, StringComparison.Ordinal));
        Assert.NotEqual(0, run.ExitCode);
        string error = run.Error.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.InRange(error.Length, 20, 307);
        Assert.DoesNotContain(Long, error, StringComparison.Ordinal);
    }
}
