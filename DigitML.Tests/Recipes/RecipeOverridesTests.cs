using DigitML.Data.Recipes;
using DigitML.Engine.Learning;

namespace DigitML.Tests.Recipes;

public class RecipeOverridesTests
{
    private static readonly Recipe Compact = RecipeCatalog.Get("compact");

    [Fact]
    public void Nothing_given_changes_nothing() => Assert.Equal(Compact.ToJson(), new RecipeOverrides().Apply(Compact).ToJson());

    [Fact]
    public void What_is_given_replaces_the_recipes()
    {
        Recipe changed = new RecipeOverrides(Epochs: 3, BatchSize: 7, LearningRate: 0.5f, Seed: 11, Networks: 4, TestTimeShift: 1).Apply(Compact);
        Assert.Equal((3, 7, 0.5f, 11UL, 4, 1), (changed.Training.Epochs, changed.Training.BatchSize, RecipeOverrides.RateOf(changed.Training.LearningRate), changed.Training.Seed, changed.Networks, changed.TestTimeShift));
        Assert.Equal(Compact.Layers, changed.Layers);
    }

    [Fact]
    public void A_setting_is_applied_after_the_options() =>
        Assert.Equal(9, new RecipeOverrides(Epochs: 3, Settings: [RecipeSetting.Parse("training.epochs=9")!]).Apply(Compact).Training.Epochs);

    [Fact]
    public void One_network_of_an_ensemble_has_one_network_and_a_seed_of_its_own()
    {
        Recipe ensemble = RecipeCatalog.Get("ensemble"), first = new RecipeOverrides(Member: 0).Apply(ensemble), second = new RecipeOverrides(Member: 1).Apply(ensemble);
        Assert.Equal((1, 1), (first.Networks, second.Networks));
        Assert.NotEqual(first.Training.Seed, second.Training.Seed);
        Assert.Equal(ensemble.Member(1).ToJson(), second.ToJson());
        Assert.Null(new RecipeOverrides(Networks: 1).Apply(ensemble).OtherLayers);
        Assert.NotNull(new RecipeOverrides(Networks: 2).Apply(ensemble).OtherLayers);
    }

    [Fact]
    public void Ensembles_with_the_seeds_1_2_and_3_share_no_network()
    {
        Recipe ensemble = RecipeCatalog.Get("ensemble");
        IEnumerable<ulong> seeds = new ulong[] { 1, 2, 3 }.SelectMany(seed => new RecipeOverrides(Seed: seed).Apply(ensemble).Members.Select(member => member.Training.Seed));
        Assert.Equal(3 * ensemble.Networks, seeds.Distinct().Count());
    }

    [Fact]
    public void The_later_of_two_wins_and_settings_add_up()
    {
        var first = new RecipeOverrides(1, 2, 0.1f, 3, 4, 5, [RecipeSetting.Parse("training.epochs=6")!], 7);
        var others = new RecipeOverrides(10, 20, 0.2f, 30, 40, 50, [RecipeSetting.Parse("training.batchSize=60")!], 70);
        Assert.Equal(first with { Settings = null }, first.Then(new RecipeOverrides()) with { Settings = null });
        Assert.Equal(others with { Settings = null }, first.Then(others) with { Settings = null });
        Assert.Equal(["training.epochs", "training.batchSize"], first.Then(others).Settings!.Select(setting => setting.Path));
        Assert.Equal(["training.epochs"], first.Then(new RecipeOverrides()).Settings!.Select(setting => setting.Path));
        Assert.Equal(["training.batchSize"], new RecipeOverrides().Then(others).Settings!.Select(setting => setting.Path));
    }

    [Fact]
    public void A_floor_above_the_new_rate_comes_down_with_it()
    {
        Assert.Equal(new Cosine(0.5f, 0.5f), RecipeOverrides.WithRate(new Cosine(1, 0.7f), 0.5f));
        Assert.Equal(new Cosine(0.5f, 0.2f), RecipeOverrides.WithRate(new Cosine(1, 0.2f), 0.5f));
        Assert.Equal(0.5f, ((ReduceOnPlateau)RecipeOverrides.WithRate(new ReduceOnPlateau(1, MinRate: 0.7f), 0.5f)).MinRate);
        Assert.Equal(0.1f, ((ReduceOnPlateau)RecipeOverrides.WithRate(new ReduceOnPlateau(1, MinRate: 0.1f), 0.5f)).MinRate);
    }
}
