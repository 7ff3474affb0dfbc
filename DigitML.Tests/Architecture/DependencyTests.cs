namespace DigitML.Tests.Architecture;

/// <summary>No two projects and no two folders of a project depend on each other: a folder is a namespace, and a parent and its child are two.</summary>
public class DependencyTests
{
    /// <summary>The assemblies whose namespaces have no circle.</summary>
    public static TheoryData<string> Assemblies =>
        ["DigitML.Engine", "DigitML.Model", "DigitML.Data", "DigitML.MLNet", "DigitML.Experiments", "DigitML.Export", "DigitML.Server", "digitml"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Namespaces_of_an_assembly_have_no_circle(string assembly)
    {
        IReadOnlyDictionary<string, SortedSet<string>> uses = TypeReferences.NamespacesOf(PathOf(assembly));

        Assert.NotEmpty(uses);
        AssertNoCircle(uses.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));
    }

    [Fact]
    public void Projects_have_no_circle()
    {
        string[] names = [.. Assemblies.Select(row => row.Data), "DigitML.Tests"];
        AssertNoCircle(names.ToDictionary(name => name, name => TypeReferences.AssembliesOf(PathOf(name)).Where(names.Contains).ToArray()));
    }

    /// <summary>Dependencies go down the list of projects, never up.</summary>
    [Fact]
    public void A_project_refers_only_to_projects_below_it()
    {
        string[] upwards = ["DigitML.Engine", "DigitML.Model", "DigitML.Data", "DigitML.MLNet", "DigitML.Experiments"];
        string[] none = [];
        var above = new Dictionary<string, string[]>
        {
            ["DigitML.Export"] = ["DigitML.MLNet", "DigitML.Experiments", "DigitML.Server", "digitml"],
            ["DigitML.Server"] = ["DigitML.MLNet", "DigitML.Experiments", "DigitML.Export", "digitml"],
        };
        for (int i = 0; i < upwards.Length; i++) above[upwards[i]] = [.. upwards[(i + 1)..], "DigitML.Export", "DigitML.Server", "digitml"];

        foreach (var (name, forbidden) in above) Assert.Equal(none, TypeReferences.AssembliesOf(PathOf(name)).Intersect(forbidden));
    }

    /// <summary>The reader sees a reference that only a method body makes, from a child namespace to its parent.</summary>
    [Fact]
    public void References_in_method_bodies_count()
    {
        IReadOnlyDictionary<string, SortedSet<string>> uses = TypeReferences.NamespacesOf(typeof(DependencyTests).Assembly.Location);

        Assert.Contains("DigitML.Tests.Architecture.Example", uses.Keys);
        Assert.Contains("DigitML.Tests.Architecture", uses["DigitML.Tests.Architecture.Example"]);
    }

    [Fact]
    public void The_shortest_circle_is_found()
    {
        var uses = new Dictionary<string, string[]>
        {
            ["A"] = ["B"],
            ["B"] = ["C"],
            ["C"] = ["D", "E"],
            ["D"] = ["A"],
            ["E"] = ["C"],
            ["F"] = ["A"],
        };
        Assert.Equal("C E C", string.Join(" ", DependencyCircle.Shortest(uses)!));
        uses["E"] = [];
        Assert.Equal("A B C D A", string.Join(" ", DependencyCircle.Shortest(uses)!));
        uses["D"] = ["X"];
        Assert.Null(DependencyCircle.Shortest(uses));
    }

    private static void AssertNoCircle(Dictionary<string, string[]> uses)
    {
        string[]? circle = DependencyCircle.Shortest(uses);
        Assert.True(circle is null, $"They depend on each other: {string.Join(" -> ", circle ?? [])}");
    }

    private static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll");
}
