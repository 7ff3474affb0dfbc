using DigitML.Data.Recipes;
using DigitML.Engine.Learning;
using DigitML.Experiments.Search;

namespace DigitML.Tests.Search;

public class SearchSpaceTests
{
    [Theory]
    [InlineData(28, 28, 10)]
    [InlineData(8, 8, 10)]
    [InlineData(64, 48, 47)]
    public void Every_recipe_suits_the_images_and_can_be_written_down(int height, int width, int classes)
    {
        Recipe[] recipes = [.. new SearchSpace(height, width, classes, seed: 3).Recipes().Take(40)];
        foreach (Recipe recipe in recipes)
        {
            Assert.Equal(classes, recipe.BuildNetwork(height, width, classes).ClassCount);
            Assert.Equal(StrictJson.Write(recipe), StrictJson.Write(RecipeCatalog.Read("again", StrictJson.Write(recipe))));
        }

        Assert.InRange(recipes.Select(recipe => StrictJson.Write(recipe)).Distinct().Count(), 38, 40);
        Assert.Equal(recipes.Select(StrictJson.Write), new SearchSpace(height, width, classes, seed: 3).Recipes().Take(40).Select(StrictJson.Write));
    }

    [Fact]
    public void The_recipes_of_the_program_come_first_where_they_suit()
    {
        Assert.Equal(["fast", "compact", "small"], new SearchSpace(28, 28, 10, seed: 1).Recipes().Take(3).Select(recipe => recipe.Name));
        Assert.Equal(["fast", "compact", "small"], new SearchSpace(8, 8, 10, seed: 1).Recipes().Take(3).Select(recipe => recipe.Name));
    }

    [Fact]
    public void A_description_holds_for_any_number_of_epochs() => Assert.All(
        new SearchSpace(28, 28, 10, seed: 1).Recipes().Take(6), recipe => Assert.Matches("^(built in, )?rate [0-9.]+, weight decay [0-9.]+", recipe.Description));

    [Fact]
    public void What_depends_on_the_epochs_goes_with_them()
    {
        TrainingPlan one = SearchSpace.WithEpochs(RecipeCatalog.Get("compact"), 2).Training, many = SearchSpace.WithEpochs(RecipeCatalog.Get("fast"), 30).Training;
        Assert.Equal((2, 0, 0.998f), (one.Epochs, one.Augmentation!.FinalEpochsWithout, one.AveragingDecay));
        Assert.Equal((30, 2, 0.999f), (many.Epochs, many.Augmentation!.FinalEpochsWithout, many.AveragingDecay));
    }
}
