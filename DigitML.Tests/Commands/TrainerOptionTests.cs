using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Commands;

public class TrainerOptionTests
{
    [Fact]
    public void Without_TensorFlow_its_trainer_is_refused_with_the_way_to_get_it()
    {
        ConsoleRun run = ConsoleRun.Of("train", "--trainer", "imageclassification");
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.EndsWith(
            "The trainer \"imageclassification\" runs TensorFlow, which this build does not include; where its packages can be restored: "
            + "dotnet run -c Release --project DigitML.Training -p:TensorFlow=true -- train --trainer imageclassification\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--recipe", "tiny")]
    [InlineData("--epochs", "2")]
    [InlineData("--networks", "2")]
    public void A_recipe_does_not_go_with_it(string option, string value)
    {
        ConsoleRun run = ConsoleRun.Of("train", "--trainer", "sdca", option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--trainer sdca trains without a recipe, so {option} cannot be given with it.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_device_is_not_DigitMLs_to_choose()
    {
        ConsoleRun run = ConsoleRun.Of("train", "--trainer", "sdca", "--threads", "1");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--trainer sdca is ML.NET's, which chooses device and threads itself, so --threads cannot be given with it.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Image_classification_takes_epochs_but_no_recipe()
    {
        Assert.Equal(1, ConsoleRun.Of("train", "--trainer", "imageclassification", "--epochs", "2", "--batch-size", "8", "--learning-rate", "0.1", "--arch", "mobilenet_v2").ExitCode);
        ConsoleRun run = ConsoleRun.Of("train", "--trainer", "imageclassification", "--recipe", "tiny");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--trainer imageclassification trains without a recipe, so --recipe cannot be given with it.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train", "--arch", "mobilenet_v2")]
    [InlineData("train", "--trainer", "sdca", "--arch", "mobilenet_v2")]
    public void An_architecture_goes_with_image_classification_alone(params string[] arguments)
    {
        ConsoleRun run = ConsoleRun.Of(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--arch goes with --trainer imageclassification only.", run.Error, StringComparison.Ordinal);
    }
}
