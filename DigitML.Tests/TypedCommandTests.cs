using DigitML.Experiments.CommandLines;
using DigitML.Training;

namespace DigitML.Tests;

public class TypedCommandTests
{
    [Fact]
    public void A_program_in_its_projects_build_folder_is_started_by_dotnet_run()
    {
        string root = RepositoryFolder.Path;
        Assert.Equal(
            "dotnet run -c Release --project DigitML.Training --",
            TypedCommand.Program(Path.Combine(root, "DigitML.Training", "bin", "Release", "net10.0"), currentFolder: root));
    }

    [Fact]
    public void A_program_elsewhere_is_started_by_its_name() => Assert.Equal("digitml", TypedCommand.Program(Path.GetTempPath(), Path.GetTempPath()));

    [Fact]
    public void Arguments_with_spaces_are_quoted() =>
        Assert.EndsWith(" train --resume \"my runs/first\"", TypedCommand.Of("train", "--resume", "my runs/first"), StringComparison.Ordinal);
}
