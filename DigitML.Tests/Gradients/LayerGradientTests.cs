using DigitML.Engine.Networks;
using DigitML.Engine.Randomness;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Gradients;

public class LayerGradientTests
{
    private static readonly Size2D Tall = new(3, 2), Wide = new(2, 3);

    private static readonly Dictionary<string, (Layer Layer, Shape Input, int Count)> Cases = new()
    {
        ["conv 3x3 valid"] = (new Conv2D(3, 3), Shape.Image(5, 4, 2), 2),
        ["conv 3x3 same"] = (new Conv2D(2, 3, Padding.Same), Shape.Image(4, 5, 3), 1),
        ["conv 5x5 same, kernel as large as the image"] = (new Conv2D(2, 5, Padding.Same), Shape.Image(5, 5, 1), 3),
        ["conv 5x5 same, kernel larger than the image"] = (new Conv2D(2, 5, Padding.Same), Shape.Image(3, 2, 2), 2),
        ["conv 4x4 same, one side padded more"] = (new Conv2D(2, 4, Padding.Same), Shape.Image(6, 5, 2), 2),
        ["conv 1x1"] = (new Conv2D(4, 1), Shape.Image(3, 3, 5), 2),
        ["conv 1x1 stride 2, pixels that no window sees"] = (new Conv2D(2, 1, Stride: 2), Shape.Image(4, 4, 2), 2),
        ["conv tall kernel, wide stride"] = (new Conv2D(3, Tall, Padding.Valid, Wide), Shape.Image(7, 8, 2), 2),
        ["conv same stride 2 on an odd size"] = (new Conv2D(3, 3, Padding.Same, 2), Shape.Image(7, 5, 2), 2),
        ["conv same stride 2 on an even size"] = (new Conv2D(3, 3, Padding.Same, 2), Shape.Image(6, 8, 1), 2),
        ["conv same stride 3"] = (new Conv2D(2, 2, Padding.Same, 3), Shape.Image(8, 7, 2), 1),
        ["conv explicit uneven padding"] = (new Conv2D(2, 3, Padding.Of(2, 0, 1, 3), 2), Shape.Image(4, 5, 2), 2),
        ["conv padded beyond its kernel"] = (new Conv2D(2, 2, Padding.Of(3, 3, 3, 3)), Shape.Image(2, 2, 1), 2),
        ["conv without bias"] = (new Conv2D(3, 3, Padding.Same, UseBias: false), Shape.Image(4, 3, 2), 2),
        ["conv of a single pixel"] = (new Conv2D(2, 3, Padding.Same), Shape.Image(1, 1, 3), 1),
        ["max pool 2x2"] = (new MaxPool2D(2), Shape.Image(6, 4, 3), 2),
        ["max pool 2x2 on an odd size"] = (new MaxPool2D(2), Shape.Image(5, 7, 2), 2),
        ["max pool overlapping"] = (new MaxPool2D(3, 2), Shape.Image(7, 7, 2), 2),
        ["max pool same, negative borders"] = (new MaxPool2D(3, 1, Padding.Same), Shape.Image(4, 5, 2), 2),
        ["max pool same stride 2"] = (new MaxPool2D(2, 2, Padding.Same), Shape.Image(5, 3, 2), 2),
        ["max pool tall window, explicit padding"] = (new MaxPool2D(Tall, Wide, Padding.Of(2, 1, 0, 1)), Shape.Image(6, 6, 1), 2),
        ["average pool 2x2"] = (new AveragePool2D(2), Shape.Image(6, 4, 3), 2),
        ["average pool overlapping on an odd size"] = (new AveragePool2D(3, 2), Shape.Image(7, 6, 2), 2),
        ["average pool same"] = (new AveragePool2D(3, 1, Padding.Same), Shape.Image(4, 5, 2), 2),
        ["average pool tall window, explicit padding"] = (new AveragePool2D(Tall, Wide, Padding.Of(2, 1, 0, 1)), Shape.Image(6, 6, 1), 2),
        ["global average pool"] = (new GlobalAveragePool2D(), Shape.Image(5, 3, 4), 2),
        ["global average pool of a single pixel"] = (new GlobalAveragePool2D(), Shape.Image(1, 1, 4), 3),
        ["dense"] = (new Dense(4), Shape.Vector(7), 3),
        ["dense without bias"] = (new Dense(5, UseBias: false), Shape.Vector(3), 2),
        ["dense 1 to 1"] = (new Dense(1), Shape.Vector(1), 2),
        ["batch norm of an image"] = (new BatchNorm(), Shape.Image(4, 3, 3), 2),
        ["batch norm of one image"] = (new BatchNorm(), Shape.Image(3, 3, 2), 1),
        ["batch norm of a vector"] = (new BatchNorm(), Shape.Vector(4), 5),
        ["batch norm without scale"] = (new BatchNorm(Scale: false), Shape.Image(3, 2, 2), 3),
        ["batch norm without center"] = (new BatchNorm(Center: false), Shape.Image(3, 2, 2), 3),
        ["batch norm with a large epsilon"] = (new BatchNorm(Epsilon: 0.5f, Center: false, Scale: false), Shape.Vector(3), 4),
        ["relu"] = (new ReLU(), Shape.Image(3, 5, 3), 3),
        ["dropout"] = (new Dropout(0.3f), Shape.Image(3, 5, 3), 3),
        ["dropout of a vector"] = (new Dropout(0.5f), Shape.Vector(11), 3),
        ["dropout of nothing"] = (new Dropout(0), Shape.Vector(5), 2),
        ["flatten"] = (new Flatten(), Shape.Image(2, 3, 4), 2),
        ["resizing"] = (new Resizing(7, 9), Shape.Image(3, 2, 2), 2),
        ["resizing of a single pixel"] = (new Resizing(3, 2), Shape.Image(1, 1, 1), 2),
        ["softmax"] = (new Softmax(), Shape.Vector(5), 3),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_central_differences(string name)
    {
        var (layer, input, count) = Cases[name];
        ReferenceLayer reference = Compile(layer, input);
        var pass = new ReferencePass(IsTraining: true, Seed: 4, Step: 2);
        var random = new SeededRandom(seed: 11, RandomPurpose.SyntheticData);
        var x = new ReferenceTensor(count, input);
        CentralDifferences.FillDistinct(x.Values, ref random);
        foreach (ReferenceParameter parameter in reference.Parameters)
        {
            CentralDifferences.FillDistinct(parameter.Values, ref random);
            Array.Fill(parameter.Gradient, 99); // what the last minibatch left behind must not stay
        }

        var r = new ReferenceTensor(count, layer.OutputShape(input));
        CentralDifferences.FillDistinct(r.Values, ref random);
        ReferenceTensor dx = reference.Backward(x, r, pass);

        double Sum() => CentralDifferences.Dot(r, reference.Forward(x, pass));
        CentralDifferences.Check("x", x.Values, dx.Values, Sum);
        foreach (ReferenceParameter parameter in reference.Parameters.Where(p => p.Spec.IsTrainable))
        {
            CentralDifferences.Check(parameter.Spec.Name, parameter.Values, parameter.Gradient, Sum);
        }
    }

    private static ReferenceLayer Compile(Layer layer, Shape input) =>
        ReferenceCompiler.Compile(new NetworkLayer("layer", layer, input, layer.OutputShape(input), layer.Parameters(input)),
            layerIndex: 1, slotCount: 0);
}
