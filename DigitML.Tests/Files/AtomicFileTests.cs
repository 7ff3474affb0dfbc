using System.Text;
using DigitML.Engine;
using DigitML.Engine.Files;

namespace DigitML.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digitml-atomic-");

    public void Dispose() => folder.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    [Fact]
    public void Writes_text_without_a_byte_order_mark_and_leaves_no_other_file()
    {
        AtomicFile.WriteText(PathOf("a.txt"), "é\n");

        Assert.Equal(Encoding.UTF8.GetBytes("é\n"), File.ReadAllBytes(PathOf("a.txt")));
        Assert.Single(folder.GetFileSystemInfos());
    }

    [Fact]
    public void Makes_missing_folders()
    {
        AtomicFile.WriteText(PathOf("runs/one/a.txt"), "a");

        Assert.Equal("a", File.ReadAllText(PathOf("runs/one/a.txt")));
    }

    [Fact]
    public void A_failing_writer_leaves_the_earlier_file_and_no_temporary_one()
    {
        AtomicFile.WriteText(PathOf("a.txt"), "before");

        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(PathOf("a.txt"), stream =>
        {
            stream.Write("half"u8);
            throw new OperationCanceledException();
        }));

        Assert.Equal("before", File.ReadAllText(PathOf("a.txt")));
        Assert.Single(folder.GetFileSystemInfos());
    }

    [Fact]
    public void The_earlier_file_is_there_whole_until_the_new_one_is_written()
    {
        AtomicFile.WriteText(PathOf("a.txt"), "before");

        AtomicFile.Write(PathOf("a.txt"), stream =>
        {
            stream.Write("after"u8);
            stream.Flush();
            Assert.Equal("before", File.ReadAllText(PathOf("a.txt")));
        });

        Assert.Equal("after", File.ReadAllText(PathOf("a.txt")));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        AtomicFile.WriteText(PathOf("a.txt"), "before");
        File.CreateSymbolicLink(PathOf("link.txt"), PathOf("a.txt"));

        AtomicFile.WriteText(PathOf("link.txt"), "after");

        Assert.NotNull(File.ResolveLinkTarget(PathOf("link.txt"), returnFinalTarget: true));
        Assert.Equal("after", File.ReadAllText(PathOf("a.txt")));
    }

    [Theory]
    [InlineData("link in this folder")]
    [InlineData("link to nothing yet")]
    [InlineData("link in a linked folder")]
    [InlineData("two links")]
    public void A_relative_link_leads_from_its_own_folder(string kind)
    {
        string real = PathOf("deep/real.csv"), link = PathOf("deep/down/link.csv");
        Directory.CreateDirectory(PathOf("deep/down"));
        if (kind != "link to nothing yet") File.WriteAllText(real, "before");
        File.CreateSymbolicLink(link, kind == "two links" ? "second.csv" : "../real.csv");
        if (kind == "two links") File.CreateSymbolicLink(PathOf("deep/down/second.csv"), "../real.csv");
        if (kind == "link in a linked folder") link = Path.Combine(Directory.CreateSymbolicLink(PathOf("elsewhere"), PathOf("deep/down")).FullName, "link.csv");

        AtomicFile.WriteText(Path.GetRelativePath(Directory.GetCurrentDirectory(), link), "after");

        Assert.Equal("after", File.ReadAllText(real));
        Assert.Equal(real, FinalPath.Of(link));
    }

    [Fact]
    public void A_link_in_the_current_folder_leads_from_there()
    {
        string real = $"{Guid.NewGuid():N}.txt", link = $"link-{real}";
        File.CreateSymbolicLink(link, real);
        try
        {
            AtomicFile.WriteText(link, "text");
            Assert.Equal("text", File.ReadAllText(real));
        }
        finally
        {
            File.Delete(link);
            File.Delete(real);
        }
    }

    [Fact]
    public void A_circle_of_links_is_told()
    {
        File.CreateSymbolicLink(PathOf("a.txt"), "b.txt");
        File.CreateSymbolicLink(PathOf("b.txt"), "a.txt");

        Assert.Equal($"{PathOf("a.txt")} cannot be written: its links form a circle.", FailureOf(PathOf("a.txt")));
    }

    [Theory]
    [InlineData("new.txt", null)]
    [InlineData("here/is/none/new.txt", null)]
    [InlineData("file", null)]
    [InlineData("folder", "it is a folder")]
    [InlineData("file/new.txt", "FILE is a file, not a folder; choose another folder")]
    [InlineData("file/deep/new.txt", "FILE is a file, not a folder; choose another folder")]
    public void Whether_a_file_can_be_written_is_known_beforehand(string name, string? problem)
    {
        File.WriteAllText(PathOf("file"), "a");
        Directory.CreateDirectory(PathOf("folder"));
        string? told = Record.Exception(() => AtomicFile.Check(PathOf(name)))?.Message;

        Assert.Equal(problem is null ? null : $"{PathOf(name)} cannot be written: {problem.Replace("FILE", PathOf("file"), StringComparison.Ordinal)}.", told);
        Assert.Equal(["file", "folder"], folder.GetFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.Equal("a", File.ReadAllText(PathOf("file")));
    }

    [LinuxFact("nobody, not even root, can make a file in /proc")]
    public void A_folder_that_nobody_can_write_into_is_known_beforehand() => Assert.Equal(
        "/proc/digitml.txt cannot be written: no file can be created in its folder; choose another folder.",
        Assert.Throws<DigitMLException>(() => AtomicFile.Check("/proc/digitml.txt")).Message);

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_told()
    {
        Directory.CreateDirectory(PathOf("a.txt"));

        Assert.Equal($"{PathOf("a.txt")} cannot be written: it is a folder.", FailureOf(PathOf("a.txt")));
    }

    [Fact]
    public void A_file_in_the_place_of_a_folder_is_told()
    {
        AtomicFile.WriteText(PathOf("runs"), "a");

        string path = PathOf("runs/one/a.txt");
        Assert.Equal($"{path} cannot be written: {PathOf("runs")} is a file, not a folder; choose another folder.", FailureOf(path));
    }

    [LinuxFact("/dev/full is a device that is always full")]
    public void A_full_disk_is_told() =>
        Assert.Equal("/dev/full cannot be written: the disk is full; free some space or choose another folder.", FailureOf("/dev/full"));

    [LinuxFact("/dev/shm is a folder in memory")]
    public void A_file_below_dev_is_a_file_as_everywhere_else()
    {
        string memory = $"/dev/shm/digitml-{Guid.NewGuid():N}";
        try
        {
            AtomicFile.WriteText($"{memory}/run/a.txt", "before");
            Assert.Throws<OperationCanceledException>(() => AtomicFile.Write($"{memory}/run/a.txt", stream =>
            {
                stream.Write("half"u8);
                throw new OperationCanceledException();
            }));
            Assert.Equal("before", File.ReadAllText($"{memory}/run/a.txt"));
            AtomicFile.WriteText($"{memory}/run/a.txt", "b");
            Assert.Equal("b", File.ReadAllText($"{memory}/run/a.txt"));
            Assert.Single(new DirectoryInfo($"{memory}/run").GetFileSystemInfos());
        }
        finally
        {
            Directory.Delete(memory, recursive: true);
        }
    }

    [LinuxFact("/dev/null is a device")]
    public void A_device_stays_one_under_any_name()
    {
        AtomicFile.WriteText("/dev/null", "text");
        File.CreateSymbolicLink(PathOf("nothing"), "/dev/null");
        AtomicFile.WriteText(PathOf("nothing"), "text");

        Assert.True(FileSystemCalls.IsDeviceOrPipe("/dev/null"));
        Assert.True(FileSystemCalls.IsDeviceOrPipe(PathOf("nothing")));
        Assert.Equal("", File.ReadAllText("/dev/null"));
    }

    [LinuxFact("/proc/self/fd holds the open files")]
    public void An_open_file_is_written_in_place()
    {
        using var open = new FileStream(PathOf("a.txt"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
        AtomicFile.WriteText($"/proc/self/fd/{open.SafeFileHandle.DangerousGetHandle()}", "text");

        Assert.Equal(4, open.Length);
        Assert.Single(folder.GetFileSystemInfos());
    }

    [LinuxFact("on Windows folders need no flush")]
    public void A_folder_can_be_flushed()
    {
        Assert.True(FileSystemCalls.FlushFolder(folder.FullName));
        Assert.False(FileSystemCalls.FlushFolder(PathOf("missing")));
    }

    [Fact]
    public void Files_and_folders_are_no_devices()
    {
        AtomicFile.WriteText(PathOf("a.txt"), "a");

        Assert.False(FileSystemCalls.IsDeviceOrPipe(PathOf("a.txt")));
        Assert.False(FileSystemCalls.IsDeviceOrPipe(folder.FullName));
        Assert.False(FileSystemCalls.IsDeviceOrPipe(PathOf("missing")));
    }

    [LinuxFact("nobody, not even root, can make a file in /proc")]
    public void A_folder_that_nobody_can_write_into_is_told() =>
        Assert.Equal("/proc/digitml.txt cannot be written: no file can be created in its folder; choose another folder.", FailureOf("/proc/digitml.txt"));

    [Fact]
    public void An_empty_name_is_told() => Assert.Equal("The output file has an empty name; give it a name.", FailureOf(""));

    private static string FailureOf(string path) => Assert.Throws<DigitMLException>(() => AtomicFile.WriteText(path, "text")).Message;
}
