using DigitML.Experiments.RunFiles;

namespace DigitML.Tests.RunFiles;

public sealed class RunFolderTests : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("digitml-").FullName;

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Fact]
    public void A_run_without_a_name_is_called_after_its_time_and_recipe()
    {
        var time = new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);
        RunFolder first = RunFolder.Create(folder: null, name: null, "compact", time, parent), second = RunFolder.Create(folder: null, name: null, "compact", time, parent);
        Assert.Equal(Path.Combine(parent, "20260304-050607-compact"), first.Path);
        Assert.Equal(Path.Combine(parent, "20260304-050607-compact-2"), second.Path);
    }

    [Fact]
    public void A_network_whose_name_cannot_be_a_folder_still_gets_one() => Assert.Equal(
        Path.Combine(parent, "20260304-050607-a-b"),
        RunFolder.Create(folder: null, name: null, "a/b", new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc), parent).Path);

    [Fact]
    public void A_named_run_lies_under_runs_and_a_named_folder_where_it_is_named()
    {
        Assert.Equal(Path.Combine(parent, "long"), RunFolder.Create(folder: null, "long", "compact", DateTime.UtcNow, parent).Path);
        string folder = Path.Combine(parent, "deep", "down");
        Assert.Equal(folder, RunFolder.Create(folder, "long", "compact", DateTime.UtcNow, parent).Path);
        Assert.True(Directory.Exists(folder));
    }
}
