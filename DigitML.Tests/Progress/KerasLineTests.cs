using DigitML.Experiments.Progress;

namespace DigitML.Tests.Progress;

public class KerasLineTests
{
    [Fact]
    public void A_finished_epoch_reads_as_in_Keras() => Assert.Equal(
        "469/469 ━━━━━━━━━━━━━━━━━━━━ 3s 6ms/step - accuracy: 0.9145 - loss: 0.2931 - val_accuracy: 0.9782 - val_loss: 0.0712",
        KerasLine.Finished(469, 3.0, ("accuracy", 0.91449), ("loss", 0.2931), ("val_accuracy", 0.9782), ("val_loss", 0.0712)));

    [Fact]
    public void In_a_log_it_has_no_bar() => Assert.Equal(
        "469/469 - 3s - 6ms/step - accuracy: 0.9145",
        KerasLine.Log(469, 3.0, ("accuracy", 0.9145)));

    [Fact]
    public void While_an_epoch_runs_the_time_is_what_is_left() => Assert.Equal(
        " 50/200 ━━━━━                3s 20ms/step - loss: 0.5000",
        KerasLine.Running(50, 200, 1.0, ("loss", 0.5)));

    [Theory]
    [InlineData(0.4, "0s")]
    [InlineData(59.9, "59s")]
    [InlineData(65, "1:05")]
    [InlineData(3725, "1:02:05")]
    public void Times_read_as_in_Keras(double seconds, string text) => Assert.Equal(text, KerasLine.Time(seconds));

    [Theory]
    [InlineData(4.0, "1/1 - 4s - 4s/step")]
    [InlineData(0.25, "1/1 - 0s - 250ms/step")]
    [InlineData(0.00025, "1/1 - 0s - 250us/step")]
    public void The_unit_of_a_step_fits_its_time(double seconds, string text) => Assert.Equal(text, KerasLine.Log(1, seconds));

    [Fact]
    public void Small_values_get_an_exponent() => Assert.Equal(
        "1/1 - 0s - 0s/step - learning_rate: 1.0000e-05 - loss: 1.0000e-03",
        KerasLine.Log(1, 0, ("learning_rate", 1e-5), ("loss", 1e-3)));
}
