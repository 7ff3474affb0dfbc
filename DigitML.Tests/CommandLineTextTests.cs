using System.Diagnostics;
using DigitML.Experiments.CommandLines;

namespace DigitML.Tests;

public class CommandLineTextTests
{
    private static readonly string[] Words =
    [
        "", " ", "a b", "it's", "''", "\\", "a\\", "a\\\"b", "$HOME", "`id`", "$(id)", "a\nb", "\t", "~", "~/x", "=ls", "-x", "é", "数字",
        .. Enumerable.Range(0x21, 0x5E).Select(c => (char)c).Where(c => !char.IsAsciiLetterOrDigit(c)).SelectMany(c => new[] { $"{c}", $"a{c}b", $"{c}{c} {c}" }),
    ];

    [Fact]
    public void A_program_in_its_projects_build_folder_is_started_by_dotnet_run()
    {
        string root = RepositoryFolder.Path;
        Assert.Equal(
            "dotnet run -c Release --project DigitML.Training --",
            CommandLineText.Program(Path.Combine(root, "DigitML.Training", "bin", "Release", "net10.0"), currentFolder: root));
    }

    [Fact]
    public void A_program_elsewhere_is_started_by_its_name() => Assert.Equal("digitml", CommandLineText.Program(Path.GetTempPath(), Path.GetTempPath()));

    [Fact]
    public void A_plain_word_stays_as_it_is() => Assert.All(
        ["train", "--resume", "runs/first", "a=b", "1,2", "10:30", "x@y", "a+b", "v1.2_3-4"],
        word => Assert.Equal((word, word), (CommandLineText.QuotedForPosix(word), CommandLineText.QuotedForCmd(word))));

    [LinuxFact("sh and devices as on Linux")]
    public void A_posix_shell_reads_every_word_as_it_was()
    {
        string quoted = string.Join(' ', Words.Select(CommandLineText.QuotedForPosix));
        var start = new ProcessStartInfo("sh", ["-c", $"printf '%s\\0' {quoted}"]) { RedirectStandardOutput = true, WorkingDirectory = RepositoryFolder.Path };
        using Process shell = Process.Start(start)!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(Words, output.Split('\0')[..^1]);
    }

    [LinuxFact("sh and devices as on Linux")]
    public void A_suggested_command_keeps_its_arguments_apart()
    {
        string command = CommandLineText.Of("train", "--resume", "my $runs; it's [1] & *");
        Assert.EndsWith(" train --resume 'my $runs; it'\\''s [1] & *'", command, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("my runs", "\"my runs\"")]
    [InlineData(@"C:\my runs\", @"""C:\my runs\\""")]
    [InlineData("a&b|c<d>e^f", "\"a&b|c<d>e^f\"")]
    [InlineData("say \"x\"", "\"say \"\\^\"\"x\"\\^\"\"\"")]
    [InlineData("a\"&calc", "\"a\"\\^\"\"&calc\"")]
    [InlineData(@"a\""b", "\"a\\\\\"\\^\"\"b\"")]
    [InlineData(@"C:\%X%", "\"C:\\\\\"^%\"X\"^%\"\"")]
    [InlineData("100%PATH%", "\"100\"^%\"PATH\"^%\"\"")]
    [InlineData("(a) ;b", "\"(a) ;b\"")]
    [InlineData(@"C:\runs\first", @"C:\runs\first")]
    public void A_word_for_cmd_is_in_double_quotes(string word, string expected) => Assert.Equal(expected, CommandLineText.QuotedForCmd(word));
}
