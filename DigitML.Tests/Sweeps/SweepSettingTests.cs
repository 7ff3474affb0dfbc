using DigitML.Training.Recipes;
using DigitML.Training.Sweeps;

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
            $"\"{part}\" is no setting; a setting is EPOCHSxBATCH, both whole numbers of at least 1, with commas between settings: 10x32,20x64", problem);
    }

    [Fact]
    public void A_setting_is_not_there_twice()
    {
        Assert.Empty(SweepSetting.OfEpochsAndBatch("1x2,2x1,01x2", out string problem));
        Assert.Equal("\"01x2\" is there twice; each setting is run once", problem);
    }

    [Fact]
    public void A_settings_changes_win_over_those_of_the_command_line() => Assert.Equal(
        new RecipeOverrides(3, 8, 0.5f, 7), new RecipeOverrides(BatchSize: 9, LearningRate: 0.5f, Seed: 7).Then(new RecipeOverrides(3, 8)));
}
