namespace DigitML.Tests.Architecture;

/// <summary>No two projects and no two folders of a project depend on each other: a folder is a namespace, and a parent and its child are two.</summary>
public class DependencyTests
{
    /// <summary>The assemblies whose namespaces have no circle.</summary>
    public static TheoryData<string> Assemblies => ["DigitML.Engine"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Namespaces_of_an_assembly_have_no_circle(string assembly)
    {
        IReadOnlyDictionary<string, SortedSet<string>> uses = TypeReferences.NamespacesOf(PathOf(assembly));

        Assert.True(uses.Count > 1, $"{assembly} has {uses.Count} namespaces");
        AssertNoCircle(uses.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));
    }

    [Fact]
    public void Projects_have_no_circle()
    {
        string[] files = Directory.GetFiles(AppContext.BaseDirectory, "DigitML.*.dll");
        string[] names = [.. files.Select(file => Path.GetFileNameWithoutExtension(file))];
        AssertNoCircle(files.ToDictionary(
            file => Path.GetFileNameWithoutExtension(file), file => TypeReferences.AssembliesOf(file).Where(name => names.Contains(name)).ToArray()));
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
            ["A"] = ["B"], ["B"] = ["C"], ["C"] = ["D", "E"], ["D"] = ["A"], ["E"] = ["C"], ["F"] = ["A"],
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
