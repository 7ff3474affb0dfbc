using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Cpu;

/// <summary>Calls that a program or a device cannot do are refused before any memory is touched.</summary>
public sealed class CpuArgumentTests : IDisposable
{
    private static readonly Network Net = new("test", Shape.Image(28, 28, 1), [new Flatten(), new Dense(10)]);
    private static readonly TrainingProgramOptions Options = new(8, new Sgd(Momentum: 0.9f), Seed: 1);

    private readonly CpuDevice device = new(threads: 2);

    public void Dispose() => device.Dispose();

    [Theory]
    [InlineData(3_000_000, 784, 30_000_000)]
    [InlineData(int.MaxValue, 784, 10)]
    [InlineData(1, 783, 10)]
    [InlineData(2, 784, 20)]
    [InlineData(1, 784, 9)]
    public void A_count_of_more_samples_than_there_are_is_refused(int count, int values, int scores)
    {
        using IInferenceProgram program = device.CompileInference(new NetworkWeights(Net));
        float[] images = new float[values], results = new float[scores];
        Assert.Throws<ArgumentException>(() => program.Predict(images, count, results));
    }

    [Fact]
    public void The_message_says_how_many_values_a_large_count_needs()
    {
        using IInferenceProgram program = device.CompileInference(new NetworkWeights(Net));
        ArgumentException failure = Assert.Throws<ArgumentException>(() => program.Predict(new float[784], 3_000_000, new float[10]));
        Assert.StartsWith("3000000 samples need 2352000000 values, not 784.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_count_is_refused()
    {
        using IInferenceProgram program = device.CompileInference(new NetworkWeights(Net));
        Assert.Throws<ArgumentOutOfRangeException>(() => program.Predict(new float[784], -1, new float[10]));
    }

    [Fact]
    public void A_disposed_program_for_prediction_says_so()
    {
        IInferenceProgram program = device.CompileInference(new NetworkWeights(Net));
        program.Dispose();
        program.Dispose();
        Assert.Throws<ObjectDisposedException>(() => program.Predict(new float[784], 1, new float[10]));
        Assert.Throws<ObjectDisposedException>(() => program.Load(new NetworkWeights(Net)));
    }

    [Fact]
    public void A_disposed_program_for_training_says_so()
    {
        ITrainingProgram program = device.CompileTraining(Net, Options);
        program.Forward(new Minibatch(8, Net.InputShape, 10) { Count = 8 });
        program.Dispose();
        program.Dispose();
        var state = new TrainingState(Net, Options);
        Action[] calls =
        [
            () => program.Forward(new Minibatch(8, Net.InputShape, 10) { Count = 8 }), () => program.Loss(), program.Backward, () => program.Step(1),
            () => program.Load(state), () => program.Save(state),
        ];
        Assert.All(calls, call => Assert.Throws<ObjectDisposedException>(call));
    }

    [Fact]
    public void A_disposed_device_compiles_nothing_and_its_programs_do_not_run()
    {
        var other = new CpuDevice(threads: 2);
        IInferenceProgram program = other.CompileInference(new NetworkWeights(Net));
        other.Dispose();
        other.Dispose();
        Assert.Throws<ObjectDisposedException>(() => other.CompileTraining(Net, Options));
        Assert.Throws<ObjectDisposedException>(() => other.CompileInference(new NetworkWeights(Net)));
        Assert.Throws<ObjectDisposedException>(() => program.Predict(new float[784], 1, new float[10]));
        program.Dispose();
    }

    [Fact]
    public void Null_arguments_are_named()
    {
        using ITrainingProgram training = device.CompileTraining(Net, Options);
        using IInferenceProgram inference = device.CompileInference(new NetworkWeights(Net));
        Action[] calls =
        [
            () => device.CompileTraining(null!, Options), () => device.CompileTraining(Net, null!), () => device.CompileInference(null!),
            () => device.DescribeAlgorithms(null!), () => training.Forward(null!), () => training.Load(null!), () => training.Save(null!),
            () => inference.Load(null!),
        ];
        Assert.All(calls, call => Assert.Throws<ArgumentNullException>(call));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void A_minibatch_that_the_program_has_no_memory_for_is_refused(int count)
    {
        using ITrainingProgram program = device.CompileTraining(Net, Options);
        ArgumentException failure = Assert.Throws<ArgumentException>(() => program.Forward(new Minibatch(16, Net.InputShape, 10) { Count = count }));
        Assert.StartsWith($"The minibatch has {count} samples; the program takes 1 to 8.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backward_pass_needs_a_forward_pass()
    {
        using ITrainingProgram program = device.CompileTraining(Net, Options);
        Assert.Throws<InvalidOperationException>(program.Backward);
        Assert.Throws<InvalidOperationException>(() => program.Loss());
    }
}
