using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;

namespace DigitML.Tests.Recipes;

public class RecipeCatalogTests
{
    [Theory]
    [InlineData("tiny", 5_000, 100)]
    [InlineData("small", 8_000, 20)]
    [InlineData("compact", 15_000, 20)]
    public void A_small_recipe_stays_below_its_limits(string name, int parameters, int epochs)
    {
        Recipe recipe = RecipeCatalog.Get(name);
        Network network = recipe.BuildNetwork(28, 28, 10);
        Assert.InRange(network.TrainableParameterCount + network.NonTrainableParameterCount, 1, parameters - 1);
        Assert.InRange(recipe.Training.Epochs, 1, epochs);
        Assert.DoesNotContain(recipe.Layers, layer => layer is Dense or Conv2D { UseBias: true });
    }

    [Theory]
    [InlineData("best", 1)]
    [InlineData("ensemble", 5)]
    public void The_most_accurate_recipes_average_shifts(string name, int networks)
    {
        Recipe recipe = RecipeCatalog.Get(name);
        Assert.Equal((networks, 1), (recipe.Networks, recipe.TestTimeShift));
        Assert.InRange(recipe.BuildNetwork(28, 28, 10).TrainableParameterCount, 1, 1_500_000);
    }

    [Fact]
    public void The_averaged_keras_recipe_has_the_layers_of_the_published_one() =>
        Assert.Equal<Layer>([.. RecipeCatalog.Get("keras-cnn").Layers], [.. RecipeCatalog.Get("keras-cnn-averaged").Layers]);

    [Theory]
    [InlineData("keras-cnn", 887_530)]
    [InlineData("compact-9768", 9_768)]
    public void A_recipe_named_for_its_size_has_that_size(string name, int parameters) =>
        Assert.Equal(parameters, RecipeCatalog.Get(name).BuildNetwork(28, 28, 10).TrainableParameterCount);

    [Fact]
    public void The_keras_recipe_is_trained_as_published()
    {
        TrainingPlan plan = RecipeCatalog.Get("keras-cnn").Training;
        Assert.Equal(
            new TrainingPlan(
                30, 86, new Engine.Optimizers.RmsProp(Rho: 0.9f),
                new ReduceOnPlateau(0.001f, Factor: 0.5f, Patience: 3, MinRate: 1e-5f, Monitor: MonitoredMetric.ValAccuracy),
                Augmentation: new Augmentation(ShiftFraction: 0.1f, RotationDegrees: 10, Zoom: 0.1f),
                Initializer: WeightInitializer.GlorotUniform),
            plan);
    }

    [Fact]
    public void Every_recipe_takes_any_number_of_classes()
    {
        foreach (string name in RecipeCatalog.Names)
        {
            Assert.All(RecipeCatalog.Get(name).Members, member => Assert.Equal(26, member.BuildNetwork(28, 28, 26).ClassCount));
        }
    }

    [Fact]
    public void Every_recipe_reads_back_what_it_writes()
    {
        foreach (string name in RecipeCatalog.Names)
        {
            Recipe recipe = RecipeCatalog.Get(name);
            Recipe again = RecipeCatalog.Read("again", StrictJson.Write(recipe));
            Assert.Equal(recipe.Members.Select(member => member.Layers), again.Members.Select(member => member.Layers));
            Assert.Equal(recipe with { Layers = [], OtherLayers = null }, again with { Layers = [], OtherLayers = null });
        }
    }

    [Fact]
    public void An_unknown_name_lists_the_recipes() => Assert.Equal(
        $"There is no recipe and no file \"compcat\"; the recipes are {string.Join(", ", RecipeCatalog.Names)}, and digitml recipes NAME prints one to copy and change.",
        Assert.Throws<DigitMLException>(() => RecipeCatalog.Get("compcat")).Message);

    [Fact]
    public void A_folder_is_no_recipe() => Assert.Equal(
        $"{Path.GetTempPath()} is a folder; a recipe is a JSON file or one of {string.Join(", ", RecipeCatalog.Names)}.",
        Assert.Throws<DigitMLException>(() => RecipeCatalog.Get(Path.GetTempPath())).Message);

    [Fact]
    public void A_fixed_number_of_outputs_that_is_not_the_number_of_classes_is_refused()
    {
        Recipe recipe = RecipeCatalog.Get("keras-cnn");
        Recipe changed = recipe with { Layers = recipe.Layers.SetItem(recipe.Layers.Length - 1, new Dense(10)) };
        Assert.Equal(
            "Recipe \"keras-cnn\" gives 10 outputs but the data has 26 classes; write \"classes\" in its last layer.",
            Assert.Throws<DigitMLException>(() => changed.BuildNetwork(28, 28, 26)).Message);
    }

    [Theory]
    [InlineData("compact")]
    [InlineData("compact-9768")]
    [InlineData("keras-cnn")]
    public void Overrides_change_what_they_name_and_nothing_else(string name)
    {
        Recipe recipe = RecipeCatalog.Get(name);
        TrainingPlan plan = new RecipeOverrides(Epochs: 2, BatchSize: 7, LearningRate: 0.5f, Seed: 9).Apply(recipe).Training;
        Assert.Equal((2, 7, 9UL, 0.5f), (plan.Epochs, plan.BatchSize, plan.Seed, RecipeOverrides.RateOf(plan.LearningRate)));
        Assert.Equal(recipe.Training, new RecipeOverrides().Apply(recipe).Training);
    }
}
