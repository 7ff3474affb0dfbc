using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Training;
using DigitML.Experiments.Progress;

namespace DigitML.Tests.Progress;

public class KerasProgressTests
{
    private static readonly Network Network = new("n", Shape.Image(4, 4, 1), [new Flatten(), new Dense(2)]);

    [Fact]
    public void In_a_terminal_the_bar_is_drawn_over_and_ends_with_the_epoch() => Assert.Equal(
        "Epoch 1/2\n" +
        "\r1/2 ━━━━━━━━━━           1s 1s/step - accuracy: 0.5000 - loss: 0.7000 - 3s left" +
        "\r2/2 ━━━━━━━━━━━━━━━━━━━━ 2s 1s/step - accuracy: 0.7500 - loss: 0.5000 - val_accuracy: 0.8000 - val_loss: 0.4000\n",
        Show(isInteractive: true, new Constant(0.1f)));

    [Fact]
    public void In_a_log_there_is_one_line_an_epoch() => Assert.Equal(
        "Epoch 1/2\n2/2 - 2s - 1s/step - accuracy: 0.7500 - loss: 0.5000 - val_accuracy: 0.8000 - val_loss: 0.4000\n",
        Show(isInteractive: false, new Constant(0.1f)));

    [Fact]
    public void A_rate_that_changes_is_shown() => Assert.Equal(
        "Epoch 1/2\n2/2 - 2s - 1s/step - accuracy: 0.7500 - loss: 0.5000 - val_accuracy: 0.8000 - val_loss: 0.4000 - learning_rate: 0.1000\n",
        Show(isInteractive: false, new Cosine(0.1f)));

    [Fact]
    public void In_a_narrow_terminal_the_bar_is_shorter_and_the_epochs_line_is_broken() => Assert.Equal(
        "Epoch 1/2\n" +
        "\r1/2 ━━━    1s 1s/step - accuracy: 0.5000 - loss: 0.7000 - 3s left" +
        "\r2/2 ━━━━━━━━━━━━━━━━━━━━ 2s 1s/step - accuracy: 0.7500           \n" +
        "  loss: 0.5000 - val_accuracy: 0.8000 - val_loss: 0.4000\n",
        Show(isInteractive: true, new Constant(0.1f), width: 66));

    private static string Show(bool isInteractive, LearningRateSchedule schedule, int width = int.MaxValue)
    {
        using var error = new StringWriter { NewLine = "\n" };
        ITrainingObserver progress = new KerasProgress(error, isInteractive, width);
        var plan = new TrainingPlan(2, 8, new Adam(), schedule);
        progress.TrainingStarted(new TrainingOutline(Network, plan, 16, 8, 2, []));
        progress.StepEnded(new StepReport(1, 1, 2, 0.7, 0.5, 0.1f, 1.0));
        progress.StepEnded(new StepReport(1, 2, 2, 0.5, 0.75, 0.1f, 1.8));
        progress.EpochEnded(new EpochReport(1, 0.5, 0.75, 0.4, 0.8, 0.1f, 2.0, 1.8, 2, 16), checkpoint: null!);
        return error.ToString();
    }
}
