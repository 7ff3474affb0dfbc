using DigitML.Data.Recipes;
using DigitML.Experiments.Sweeps;

namespace DigitML.Tests.Sweeps;

public class SweepSettingTests
{
    [Fact]
    public void Settings_of_epochs_and_batch_size_are_read_in_order()
    {
        SweepSetting[] settings = SweepSetting.OfEpochsAndBatch("1x1,3x1000, 10x32", out string problem);
        Assert.Equal("", problem);
        Assert.Equal(
            [
                new SweepSetting("1 epoch, batches of 1", "epochs-1-batch-1", new RecipeOverrides(1, 1)),
                new SweepSetting("3 epochs, batches of 1,000", "epochs-3-batch-1000", new RecipeOverrides(3, 1000)),
                new SweepSetting("10 epochs, batches of 32", "epochs-10-batch-32", new RecipeOverrides(10, 32)),
            ],
            settings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10x")]
    [InlineData("x32")]
    [InlineData("0x32")]
    [InlineData("10x0")]
    [InlineData("-1x32")]
    [InlineData("1.5x32")]
    [InlineData("10*32")]
    [InlineData("10x32x2")]
    [InlineData("10x99999999999")]
    public void What_is_no_setting_is_told_with_the_rule(string part)
    {
        Assert.Empty(SweepSetting.OfEpochsAndBatch($"1x1,{part}", out string problem));
        Assert.Equal(
            $"\"{part}\" is not a setting; a setting is EPOCHSxBATCH, both whole numbers of at least 1, with commas between settings: 10x32,20x64", problem);
    }

    [Fact]
    public void A_setting_is_not_there_twice()
    {
        Assert.Empty(SweepSetting.OfEpochsAndBatch("1x2,2x1,01x2", out string problem));
        Assert.Equal("\"01x2\" appears twice; each setting is run once", problem);
    }

    [Fact]
    public void A_settings_changes_win_over_those_of_the_command_line() => Assert.Equal(
        new RecipeOverrides(3, 8, 0.5f, 7), new RecipeOverrides(BatchSize: 9, LearningRate: 0.5f, Seed: 7).Then(new RecipeOverrides(3, 8)));

    [Fact]
    public void A_grid_has_every_combination_and_folders_that_say_which()
    {
        SweepSetting[] grid = SweepSetting.OfGrid([.. RecipeSetting.ParseSeveral("training.learningRate.peakRate=0.1,0.2"), .. RecipeSetting.ParseSeveral("training.batchSize=32,64")]);
        Assert.Equal(
            ["peakRate-0.1_batchSize-32", "peakRate-0.1_batchSize-64", "peakRate-0.2_batchSize-32", "peakRate-0.2_batchSize-64"], grid.Select(setting => setting.Folder));
        Assert.Equal("peakRate 0.2, batchSize 32", grid[2].Name);
        Assert.Equal([new RecipeSetting("training.learningRate.peakRate", "0.2"), new RecipeSetting("training.batchSize", "32")], grid[2].Overrides.Settings!);

        SweepSetting[] both = SweepSetting.Product(SweepSetting.OfEpochsAndBatch("1x8,2x8", out _), grid);
        Assert.Equal((8, "epochs-2-batch-8_peakRate-0.1_batchSize-32"), (both.Length, both[4].Folder));
        Assert.Equal((2, 8), (both[4].Overrides.Epochs, both[4].Overrides.BatchSize));
    }

    [Fact]
    public void Places_that_end_alike_are_named_in_full()
    {
        SweepSetting[] grid = SweepSetting.OfGrid([new("layers[0].filters", "8"), new("layers[3].filters", "16")]);
        Assert.Equal(["layers[0].filters-8_layers[3].filters-16"], grid.Select(setting => setting.Folder));
    }
}
