using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Engine.Randomness;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Gradients;

public class NetworkGradientTests
{
    private static readonly Dictionary<string, (Shape Input, int Count, Layer[] Layers)> Cases = new()
    {
        ["logistic regression"] = (Shape.Image(3, 4, 1), 4, [new Flatten(), new Dense(5), new Softmax()]),
        ["two dense layers, no softmax layer"] = (Shape.Vector(6), 3, [new Dense(7), new ReLU(), new Dense(3)]),
        ["conv, pool, dropout, dense"] = (Shape.Image(8, 7, 1), 3,
            [new Conv2D(3, 3, Padding.Same), new ReLU(), new MaxPool2D(2), new Dropout(0.25f), new Flatten(), new Dense(6), new ReLU(),
             new Dropout(0.5f), new Dense(4), new Softmax()]),
        ["batch norm before and after relu"] = (Shape.Image(7, 7, 2), 4,
            [new Conv2D(3, 3, UseBias: false), new BatchNorm(), new ReLU(), new Conv2D(4, 2, Stride: 2), new ReLU(), new BatchNorm(),
             new GlobalAveragePool2D(), new Softmax()]),
        ["strided, average pool, batch norm on a vector"] = (Shape.Image(9, 9, 1), 5,
            [new Conv2D(2, 5, Padding.Same, 2), new ReLU(), new AveragePool2D(2, 1), new Flatten(), new Dense(5, UseBias: false),
             new BatchNorm(), new ReLU(), new Dense(3), new Softmax()]),
        ["one sample"] = (Shape.Image(5, 5, 3), 1,
            [new Conv2D(2, 3, Padding.Of(0, 1, 2, 0)), new MaxPool2D(3, 1, Padding.Same), new Flatten(), new Dense(3)]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_of_the_loss_agree_with_central_differences(string name) => Check(name, "one-hot");

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_with_smoothed_labels_agree_with_central_differences(string name) => Check(name, "smoothed");

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_with_mixed_labels_agree_with_central_differences(string name) => Check(name, "mixed");

    [Fact]
    public void A_training_program_gives_the_gradients_of_its_network()
    {
        var (input, count, layers) = Cases["conv, pool, dropout, dense"];
        var network = new Network("program", input, layers);
        var options = new TrainingProgramOptions(count + 2, new Sgd(), Seed: 8);
        var state = new TrainingState(network, options) { Step = 3 };
        state.Weights.Initialize(WeightInitializer.GlorotUniform, seed: 2);
        var minibatch = new Minibatch(count + 2, input, network.ClassCount) { Count = count };
        var random = new SeededRandom(seed: 21, RandomPurpose.SyntheticData);
        for (int i = 0; i < minibatch.Images.Length; i++) minibatch.Images[i] = (float)random.NextNormal();
        var (targets, labels) = Targets("smoothed", count, network.OutputShape);
        for (int i = 0; i < targets.Values.Length; i++) minibatch.Targets[i] = (float)targets.Values[i];
        labels.CopyTo(minibatch.Labels, 0);

        using var program = (ReferenceTrainingProgram)new ReferenceDevice().CompileTraining(network, options);
        program.Load(state);
        program.Forward(minibatch);
        MinibatchLoss loss = program.Loss();
        program.Backward();

        var expected = new ReferenceNetwork(network);
        expected.Load(state.Weights);
        var pass = new ReferencePass(IsTraining: true, Seed: 8, Step: 3);
        var values = expected.Forward(ReferenceTensor.From(minibatch.Images, count, input), pass);
        var floatTargets = ReferenceTensor.From(minibatch.Targets, count, network.OutputShape);
        var (expectedLoss, dLogits) = ReferenceCrossEntropy.Evaluate(values[^1], floatTargets, labels);
        ReferenceTensor dx = expected.Backward(values, dLogits, pass);
        Assert.Equal(expectedLoss, loss);
        Assert.Equal(values[^1].Values, program.Logits.Values);
        Assert.Equal(dx.Values, program.InputGradient.Values);
        Assert.Equal(expected.Parameters.SelectMany(p => p.Gradient), program.Parameters.SelectMany(p => p.Gradient));
    }

    private static void Check(string name, string targetKind)
    {
        var (input, count, layers) = Cases[name];
        var network = new ReferenceNetwork(new Network(name, input, layers));
        var pass = new ReferencePass(IsTraining: true, Seed: 8, Step: 3);
        var random = new SeededRandom(seed: 21, RandomPurpose.SyntheticData);
        var x = new ReferenceTensor(count, input);
        FillNormal(x.Values, ref random);
        foreach (ReferenceParameter parameter in network.Parameters) FillNormal(parameter.Values, ref random);
        var (targets, labels) = Targets(targetKind, count, network.Network.OutputShape);

        double Loss() => ReferenceCrossEntropy.Evaluate(network.Forward(x, pass)[^1], targets, labels).Loss.Mean;
        var values = network.Forward(x, pass);
        ReferenceTensor dLogits = ReferenceCrossEntropy.Evaluate(values[^1], targets, labels).Gradient;
        ReferenceTensor dx = network.Backward(values, dLogits, pass);

        CentralDifferences.Check("x", x.Values, dx.Values, Loss);
        foreach (ReferenceParameter parameter in network.Parameters.Where(p => p.Spec.IsTrainable))
        {
            CentralDifferences.Check(parameter.Spec.Name, parameter.Values, parameter.Gradient, Loss);
        }
    }

    private static (ReferenceTensor Targets, int[] Labels) Targets(string kind, int count, Shape classes)
    {
        var targets = new ReferenceTensor(count, classes);
        int[] labels = [.. Enumerable.Range(0, count).Select(n => (n * 2 + 1) % classes.Channels)];
        for (int n = 0; n < count; n++)
        {
            const double Smoothing = 0.1;
            for (int k = 0; kind == "smoothed" && k < classes.Channels; k++) targets[n, k] = Smoothing / classes.Channels;
            targets[n, labels[n]] += kind switch { "one-hot" => 1, "smoothed" => 1 - Smoothing, _ => 0.7 };
            if (kind == "mixed") targets[n, (labels[n] + 1) % classes.Channels] += 0.3;
        }

        return (targets, labels);
    }

    private static void FillNormal(Span<double> values, ref SeededRandom random)
    {
        foreach (ref double value in values) value = 0.7 * random.NextNormal();
    }
}
