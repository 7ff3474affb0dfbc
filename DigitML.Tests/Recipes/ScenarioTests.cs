using DigitML.Data.Recipes;
using DigitML.Engine;

namespace DigitML.Tests.Recipes;

public sealed class ScenarioTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digitml-scenario-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Files_in_its_folder_are_named_relative_to_it_and_found_from_elsewhere()
    {
        var scenario = new Scenario(In("rows/train.csv"), Recipe(), In("test.csv"), ValidationFraction: 0.25, new SearchInfo("10m", Seed: 7, Candidates: 12));
        scenario.Write(In("digitml.json"));
        string json = File.ReadAllText(In("digitml.json"));
        Assert.Contains($"\"data\": \"{Path.Combine("rows", "train.csv").Replace("\\", "\\\\", StringComparison.Ordinal)}\"", json, StringComparison.Ordinal);
        Assert.Contains("\"testData\": \"test.csv\"", json, StringComparison.Ordinal);

        Scenario read = Scenario.Read(In("digitml.json"));
        Assert.Equal((scenario.Data, scenario.TestData, 0.25, scenario.Search), (read.Data, read.TestData, read.ValidationFraction, read.Search));
        Assert.Equal(scenario.Recipe.ToJson(), read.Recipe.ToJson());
    }

    [Fact]
    public void A_file_outside_its_folder_keeps_its_whole_path()
    {
        string outside = Path.Combine(Path.GetTempPath(), "elsewhere.csv");
        new Scenario(outside, Recipe()).Write(In("digitml.json"));
        Scenario read = Scenario.Read(In("digitml.json"));
        Assert.Equal((Path.GetFullPath(outside), null, null, null), (read.Data, read.TestData, read.ValidationFraction, read.Search));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.1)]
    public void A_fraction_out_of_range_is_refused(double fraction)
    {
        new Scenario("train.csv", Recipe(), ValidationFraction: fraction).Write(In("digitml.json"));
        Assert.Equal($"{In("digitml.json")}: validationFraction is {fraction}; it must be from 0 up to but not including 1.", Assert.Throws<DigitMLException>(() => Scenario.Read(In("digitml.json"))).Message);
    }

    [Fact]
    public void A_fraction_of_0_is_one()
    {
        new Scenario("train.csv", Recipe(), ValidationFraction: 0).Write(In("digitml.json"));
        Assert.Equal(0, Scenario.Read(In("digitml.json")).ValidationFraction);
    }

    [Fact]
    public void A_missing_file_is_told() => Assert.Equal(
        $"{In("none.json")}: there is no such file; digitml build writes one.", Assert.Throws<DigitMLException>(() => Scenario.Read(In("none.json"))).Message);

    private static Recipe Recipe() => RecipeCatalog.Get("tiny");

    private string In(string name) => Path.Combine(folder.FullName, name);
}
