using DigitML.Data.Recipes;
using DigitML.Model.Contents;
using DigitML.Tests.Model;

namespace DigitML.Tests.Recipes;

/// <summary>What a model tells about each of its networks.</summary>
public class MemberInfoTests
{
    private static readonly int[] Parameters = [.. AveragingModelTests.Members.Select(member => member.Network.TrainableParameterCount)];

    [Fact]
    public void A_single_network_has_the_models_seed_and_recipe()
    {
        MemberInfo member = Assert.Single(MemberInfo.Of(AveragingModelTests.Model(1, 0, new ModelMetadata { Seed = 3, RecipeJson = "{ \"name\": \"mine\" }" })));
        Assert.Equal(("everything", Parameters[0], 3UL), (member.Name, member.Parameters, member.Seed));
        Assert.Equal("mine", member.Recipe?.GetProperty("name").GetString());
        Assert.Null(Assert.Single(MemberInfo.Of(AveragingModelTests.Model(1, 0, new ModelMetadata { RecipeJson = "of another program" }))).Recipe);
    }

    [Fact]
    public void An_ensemble_has_those_it_was_written_with()
    {
        MemberInfo[] written = [new("first", 1, 2), new("second", 3)];
        Assert.Equal(written, MemberInfo.Of(AveragingModelTests.Model(2, 0, new ModelMetadata { MembersJson = MemberInfo.Write(written) })).AsEnumerable());
    }

    [Fact]
    public void Without_any_that_fit_names_and_sizes_are_those_of_the_networks()
    {
        MemberInfo[] expected = [new("everything", Parameters[0]), new("small", Parameters[1])];
        foreach (string? json in new[] { null, "[1, 2]", MemberInfo.Write([new("first", 1)]) })
        {
            Assert.Equal(expected, MemberInfo.Of(AveragingModelTests.Model(2, 0, new ModelMetadata { MembersJson = json })).AsEnumerable());
        }
    }
}
