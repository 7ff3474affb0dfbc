using DigitML.Engine.Cpu;
using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Model;
using DigitML.Model.Contents;
using DigitML.Tests.Memory;
using static DigitML.Tests.Model.DigitModelFileTests;

namespace DigitML.Tests.Model;

/// <summary>Models that average the scores of several networks and positions of the image, as they are built and as they predict.</summary>
public class AveragingModelTests
{
    internal static readonly LabelMap Labels = new(["null", "eins", "zwei", "drei"]);

    private static readonly Network Small = new("small", TestModels.Everything.InputShape, [new Conv2D(3, 3), new ReLU(), new MaxPool2D(4), new Flatten(), new Dense(4)]);

    internal static readonly ModelMember[] Members =
    [
        new(TestModels.Weights(TestModels.Everything, 1), TestModels.Normalization),
        new(TestModels.Weights(Small, 2), PixelNormalization.Unit),
        new(TestModels.Weights(TestModels.Everything, 3), PixelNormalization.Unit),
    ];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 12)]
    [InlineData(2, 0)]
    [InlineData(3, 2)]
    public void Scores_are_the_mean_over_networks_and_over_the_image_moved_up_down_left_and_right(int networks, int shift)
    {
        const int Count = 5;
        byte[] pixels = TestModels.Pixels(TestModels.Everything, Count);
        byte[][] positions = shift == 0 ? [pixels] : [pixels, Moved(pixels, -shift, 0), Moved(pixels, shift, 0), Moved(pixels, 0, -shift), Moved(pixels, 0, shift)];
        float[][] all = [.. Members.Take(networks)
            .SelectMany(member => positions.Select(moved => TestModels.Scores(new DigitModel(member.Weights, Labels, member.Normalization), moved, Count)))];
        float[] scores = TestModels.Scores(Model(networks, shift), pixels, Count);
        Assert.True(all.Skip(1).All(other => !other.SequenceEqual(all[0])), "the scores do not differ; their mean shows nothing");
        for (int i = 0; i < scores.Length; i++) Assert.Equal(all.Average(each => (double)each[i]), scores[i], 1e-6);
    }

    [Fact]
    public void Every_form_gives_the_same_answer_at_any_batch_size_and_from_many_threads()
    {
        using var classifier = new DigitClassifier(Model(3, 2));
        const int Count = 120;
        int size = classifier.PixelCount;
        byte[] pixels = TestModels.Pixels(TestModels.Everything, Count);
        var batch = new float[Count * 4];
        classifier.PredictBatch(pixels, Count, batch);
        Parallel.For(0, Count, row =>
        {
            byte[] image = pixels[(row * size)..((row + 1) * size)];
            float[] scores = [7, 7, 7, 7];
            TopPrediction top = classifier.Predict(image.Select(pixel => (float)pixel).ToArray(), scores);
            Assert.Equal(batch[(4 * row)..(4 * row + 4)], scores);
            DigitPrediction prediction = classifier.Predict(image);
            Assert.Equal(scores, prediction.Scores);
            Assert.Equal(new TopPrediction(prediction.Label, prediction.Key, prediction.Score), top);
        });
        classifier.PredictBatch([], 0, []);
    }

    [Fact]
    public void The_span_forms_do_not_allocate()
    {
        using IDevice device = new CpuDevice(threads: 1);
        using var classifier = new DigitClassifier(Model(3, 1), device);
        byte[] pixels = TestModels.Pixels(TestModels.Everything, 120);
        float[] scores = new float[4], batch = new float[480];
        void Run()
        {
            classifier.Predict(pixels.AsSpan(0, classifier.PixelCount), scores);
            classifier.PredictBatch(pixels, 120, batch);
        }

        Assert.Equal(0, SteadyAllocations.Of(Run));
    }

    [Fact]
    public void A_model_of_one_network_without_shifts_is_the_one_it_always_was()
    {
        var (weights, normalization) = Members[0];
        var one = new DigitModel([Members[0]], Labels);
        Assert.Equal(TestModels.Bytes(new DigitModel(weights, Labels, normalization)), TestModels.Bytes(one));
        Assert.Same(weights, one.Weights);
        Assert.Equal(normalization, one.Normalization);
        Assert.Equal("everything", one.Name);
        Assert.Equal(TestModels.Bytes(one), TestModels.Bytes(one.WithTestTimeShift(3).WithTestTimeShift(0)));
    }

    [Fact]
    public void An_ensemble_has_no_one_network()
    {
        DigitModel model = Model(3, 2);
        Assert.Equal((true, "ensemble", 2, Shape.Image(14, 13, 1)), (model.IsEnsemble, model.Name, model.TestTimeShift, model.InputShape));
        const string Expected = "An ensemble of 3 networks has no single network; see Members.";
        Assert.Equal(Expected, Assert.Throws<InvalidOperationException>(() => model.Network).Message);
        Assert.Equal(Expected, Assert.Throws<InvalidOperationException>(() => model.Weights).Message);
        Assert.Equal(Expected, Assert.Throws<InvalidOperationException>(() => model.Normalization).Message);
    }

    [Fact]
    public void Networks_and_shifts_that_do_not_fit_together_are_refused()
    {
        var other = new ModelMember(TestModels.Weights(new Network("other", Shape.Image(14, 14, 1), [new Flatten(), new Dense(4)]), 1), PixelNormalization.Unit);
        var more = new ModelMember(TestModels.Weights(new Network("more", Small.InputShape, [new Flatten(), new Dense(5)]), 1), PixelNormalization.Unit);
        Assert.Equal("A model needs at least one network.", Refusal());
        Assert.Equal("Network \"other\" takes an input of 14x14x1 but network \"everything\" takes 14x13x1; all networks of a model need the same input shape.", Refusal(Members[0], other));
        Assert.Equal("Network \"more\" has 5 classes but there are 4 labels; a model needs one label per class.", Refusal(Members[0], more));
        const string Expected = "Test-time shifts of {0} pixels do not suit images of 14x13; a shift is 0 to 12 pixels.";
        foreach (int shift in new[] { -1, 13 })
        {
            Assert.Equal(string.Format(null, Expected, shift), Message(() => Model(1, 0).WithTestTimeShift(shift)));
        }

        static string Refusal(params ModelMember[] members) => Message(() => _ = new DigitModel(members, Labels));
    }

    internal static DigitModel Model(int networks, int shift, ModelMetadata? metadata = null) => new(Members[..networks], Labels, shift, metadata);

    /// <summary>Each 14x13 image moved, zeros coming in.</summary>
    private static byte[] Moved(byte[] pixels, int down, int right)
    {
        var moved = new byte[pixels.Length];
        for (int n = 0; n < pixels.Length / (14 * 13); n++)
        {
            for (int row = 0; row < 14; row++)
            {
                for (int column = 0; column < 13; column++)
                {
                    int fromRow = row - down, fromColumn = column - right;
                    bool isInside = fromRow is >= 0 and < 14 && fromColumn is >= 0 and < 13;
                    if (isInside) moved[(n * 14 + row) * 13 + column] = pixels[(n * 14 + fromRow) * 13 + fromColumn];
                }
            }
        }

        return moved;
    }
}
