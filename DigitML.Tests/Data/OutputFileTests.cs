using System.Diagnostics;
using DigitML.Data;
using DigitML.Engine;

namespace DigitML.Tests.Data;

public sealed class OutputFileTests : DataFolder
{
    [Fact]
    public void A_file_that_is_read_is_refused_under_its_own_name()
    {
        string file = Write("rows.csv", "x");
        Assert.Equal($"{file} is read by this command and would be overwritten; choose another --out.", Refusal(file, file));
    }

    [Fact]
    public void Another_file_and_one_that_does_not_exist_are_accepted()
    {
        string file = Write("rows.csv", "x"), other = Write("other.csv", "x");
        Assert.Null(Refusal(other, file));
        Assert.Null(Refusal(file + ".new", file));
        Assert.Null(Refusal(file, null));
        Assert.Null(Refusal(file, file + ".missing"));
    }

    [Theory]
    [InlineData("symbolic")]
    [InlineData("symbolic twice")]
    [InlineData("through a folder")]
    [InlineData("spelling")]
    [InlineData("hard")]
    public void A_link_to_a_file_that_is_read_is_refused(string kind)
    {
        string file = Write("rows.csv", "x"), folder = Path.GetDirectoryName(file)!, link = Path.Combine(folder, "link.csv");
        if (kind == "symbolic") File.CreateSymbolicLink(link, file);
        if (kind == "symbolic twice") File.CreateSymbolicLink(link, File.CreateSymbolicLink(link + "2", "rows.csv").FullName);
        if (kind == "through a folder") link = Path.Combine(Directory.CreateSymbolicLink(Path.Combine(folder, "same"), folder).FullName, "rows.csv");
        if (kind == "spelling") link = Path.Combine(folder, ".", "x", "..", "rows.csv");
        if (kind == "hard") HardLink(file, link);
        Assert.Equal($"{link} is the same file as {file}, which this command reads; choose another --out.", Refusal(link, file));
        Assert.Equal($"{file} is the same file as {link}, which this command reads; choose another --out.", Refusal(file, link));
    }

    [LinuxFact("sh and devices as on Linux")]
    public void A_device_may_be_read_and_written() => Assert.Null(Refusal("/dev/null", "/dev/null"));

    internal static void HardLink(string file, string link)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs ln.");
        using Process process = Process.Start("ln", [file, link]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static string? Refusal(string output, string? input)
    {
        try
        {
            OutputFile.RefuseInput("--out", output, input);
            return null;
        }
        catch (DigitMLException refusal)
        {
            return refusal.Message;
        }
    }
}
