using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Engine.Randomness;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Reference;

public class ReferenceDeviceTests
{
    private static readonly Network Tiny = new("tiny", Shape.Image(6, 5, 1),
        [new Conv2D(3, 3, Padding.Same), new BatchNorm(), new ReLU(), new MaxPool2D(2), new Dropout(0.25f), new Flatten(), new Dense(4),
         new Softmax()]);

    [Fact]
    public void Repeated_steps_on_one_minibatch_bring_the_loss_down()
    {
        using var program = new ReferenceDevice().CompileTraining(Tiny, Options());
        program.Load(FirstState());
        Minibatch minibatch = RandomMinibatch(seed: 1);
        double first = Run(program, minibatch), last = first;
        for (int i = 0; i < 60; i++) last = Run(program, minibatch);
        Assert.True(last < first / 3, $"{first} fell to {last} only");
    }

    [Fact]
    public void Saving_and_loading_between_two_steps_changes_no_bit()
    {
        using var straight = new ReferenceDevice().CompileTraining(Tiny, Options());
        straight.Load(FirstState());
        for (int i = 0; i < 4; i++) Run(straight, RandomMinibatch((ulong)i));

        TrainingState between = FirstState();
        for (int i = 0; i < 4; i++)
        {
            using var program = new ReferenceDevice().CompileTraining(Tiny, Options());
            program.Load(between);
            Run(program, RandomMinibatch((ulong)i));
            program.Save(between);
        }

        TrainingState expected = new(Tiny, Options());
        straight.Save(expected);
        Assert.Equal(4, between.Step);
        Assert.Equal(Values(expected), Values(between));
    }

    [Fact]
    public void A_program_that_loaded_a_state_saves_the_same_state()
    {
        TrainingState state = FirstState();
        var random = new SeededRandom(5, RandomPurpose.SyntheticData);
        foreach (WeightTensor tensor in Tensors(state)) FillNormal(tensor.Values, ref random);
        state.Step = 17;
        using var program = new ReferenceDevice().CompileTraining(Tiny, Options());
        program.Load(state);
        TrainingState saved = new(Tiny, Options());
        program.Save(saved);
        Assert.Equal(17, saved.Step);
        Assert.Equal(Values(state), Values(saved));
    }

    [Fact]
    public void Another_step_drops_other_values_and_the_same_step_drops_the_same()
    {
        var network = new Network("dropout", Shape.Vector(40), [new Dropout(0.5f)]);
        var options = new TrainingProgramOptions(2, new Sgd(), Seed: 9);
        using var program = (ReferenceTrainingProgram)new ReferenceDevice().CompileTraining(network, options);
        var minibatch = new Minibatch(2, network.InputShape, 40) { Count = 2 };
        Array.Fill(minibatch.Images, 1f);
        double[] Outputs(long step)
        {
            program.Load(new TrainingState(network, options) { Step = step });
            program.Forward(minibatch);
            return program.Logits.Values;
        }

        var mask = new DropoutMask(0.5f, 9, step: 3, layerIndex: 0);
        Assert.Equal(Enumerable.Range(0, 80).Select(i => mask.IsDropped((uint)i) ? 0.0 : 2.0), Outputs(3));
        Assert.Equal(Outputs(3), Outputs(3));
        Assert.NotEqual(Outputs(3), Outputs(4));
    }

    [Fact]
    public void Prediction_gives_the_softmax_whether_or_not_the_network_ends_in_one()
    {
        Layer[] layers = [new Flatten(), new Dense(3)];
        var open = new NetworkWeights(new Network("open", Shape.Image(2, 2, 1), layers));
        var closed = new NetworkWeights(new Network("closed", Shape.Image(2, 2, 1), [.. layers, new Softmax()]));
        open.Initialize(WeightInitializer.HeNormal, seed: 3);
        closed.CopyFrom(open);
        float[] images = [0.1f, -0.5f, 0.7f, 0.2f, 1, 2, 3, 4], first = new float[6], second = new float[6];
        using var device = new ReferenceDevice();
        device.CompileInference(open).Predict(images, 2, first);
        device.CompileInference(closed).Predict(images, 2, second);
        Assert.Equal(first, second);
        Assert.Equal(1, first[0] + first[1] + first[2], 6);
        Assert.NotEqual(first[0], first[3]);
    }

    [Fact]
    public void Averaged_weights_follow_the_weights_with_the_decay_of_the_step()
    {
        var network = new Network("one", Shape.Vector(1), [new Dense(1, UseBias: false)]);
        var options = new TrainingProgramOptions(1, new Sgd(WeightDecay: 0.5f), Seed: 0, AveragingDecay: 0.2f);
        TrainingState state = new(network, options);
        state.Weights.Tensors[0].Values[0] = 8;
        state.AveragedWeights!.Tensors[0].Values[0] = 8;
        using var program = new ReferenceDevice().CompileTraining(network, options);
        program.Load(state);
        var minibatch = new Minibatch(1, network.InputShape, 1) { Count = 1 };
        minibatch.Targets[0] = 1;
        Run(program, minibatch, learningRate: 1);
        program.Save(state);
        Assert.Equal(4, state.Weights.Tensors[0].Values[0]);
        Assert.Equal(8 * (2 / 11.0) + 4 * (9 / 11.0), state.AveragedWeights.Tensors[0].Values[0], 6);
        Run(program, minibatch, learningRate: 1);
        program.Save(state);
        Assert.Equal(2, state.Weights.Tensors[0].Values[0]);
        Assert.Equal((8 * (2 / 11.0) + 4 * (9 / 11.0)) * 0.2 + 2 * 0.8, state.AveragedWeights.Tensors[0].Values[0], 6);
    }

    private static TrainingProgramOptions Options() => new(7, new Adam(WeightDecay: 0.01f), Seed: 42, AveragingDecay: 0.9f);

    private static TrainingState FirstState()
    {
        var state = new TrainingState(Tiny, Options());
        state.Weights.Initialize(WeightInitializer.HeNormal, seed: 7);
        state.AveragedWeights!.CopyFrom(state.Weights);
        return state;
    }

    private static Minibatch RandomMinibatch(ulong seed)
    {
        var minibatch = new Minibatch(7, Tiny.InputShape, Tiny.ClassCount) { Count = 5 };
        var random = new SeededRandom(seed, RandomPurpose.SyntheticData);
        FillNormal(minibatch.Images, ref random);
        for (int n = 0; n < 5; n++)
        {
            minibatch.Labels[n] = n % 4;
            minibatch.Targets[n * 4 + n % 4] = 1;
        }

        return minibatch;
    }

    private static double Run(ITrainingProgram program, Minibatch minibatch, float learningRate = 0.02f)
    {
        program.Forward(minibatch);
        double loss = program.Loss().Mean;
        program.Backward();
        program.Step(learningRate);
        return loss;
    }

    private static void FillNormal(Span<float> values, ref SeededRandom random)
    {
        foreach (ref float value in values) value = (float)random.NextNormal();
    }

    private static IEnumerable<WeightTensor> Tensors(TrainingState state) =>
        [.. state.Weights.Tensors, .. state.OptimizerSlots.SelectMany(slot => slot.Tensors), .. state.AveragedWeights!.Tensors];

    private static float[] Values(TrainingState state) => [.. Tensors(state).SelectMany(tensor => tensor.Values)];
}
