using DigitML.Engine;
using DigitML.Engine.Cpu;
using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Reference;
using DigitML.Model;
using DigitML.Model.Images;
using DigitML.Tests.Images;
using DigitML.Tests.Memory;

namespace DigitML.Tests.Model;

public class DigitClassifierTests
{
    private static readonly DigitModel Model = new(
        TestModels.Weights(TestModels.Everything, 1), new LabelMap(["null", "eins", "zwei", "drei"]), TestModels.Normalization);

    [Fact]
    public void Every_form_gives_the_same_answer()
    {
        using var classifier = new DigitClassifier(Model);
        const int Count = 7;
        byte[] all = TestModels.Pixels(Model.Network, Count);
        float[] batch = new float[Count * 4], floatBatch = new float[Count * 4], scores = new float[4], floatScores = new float[4];
        classifier.PredictBatch(all, Count, batch);
        classifier.PredictBatch([.. all.Select(pixel => (float)pixel)], Count, floatBatch);
        for (int i = 0; i < Count; i++)
        {
            byte[] pixels = all[(i * classifier.PixelCount)..((i + 1) * classifier.PixelCount)];
            float[] values = [.. pixels.Select(pixel => (float)pixel)];
            DigitPrediction prediction = classifier.Predict(pixels), fromFloats = classifier.Predict(values);
            TopPrediction top = classifier.Predict(pixels, scores);
            Assert.Equal(top, classifier.Predict(values, floatScores));
            Assert.Equal(batch.AsSpan(4 * i, 4).ToArray(), scores);
            Assert.Equal(scores, floatScores);
            Assert.Equal(floatBatch.AsSpan(4 * i, 4).ToArray(), floatScores);
            Assert.Equal(scores, prediction.Scores);
            Assert.Equal(scores, fromFloats.Scores);
            Assert.Equal(new TopPrediction(prediction.Label, prediction.Key, prediction.Score), top);
            Assert.Equal(scores.Max(), top.Score);
            Assert.Equal(Model.Labels[Array.IndexOf(scores, scores.Max())], top.Label);
        }
    }

    [Fact]
    public void Scores_are_those_of_the_trained_network_on_normalised_pixels()
    {
        byte[] pixels = TestModels.Pixels(Model.Network, 3);
        float[] expected = new float[12], actual = TestModels.Scores(Model, pixels, 3);
        using IInferenceProgram program = new ReferenceDevice().CompileInference(Model.Weights);
        program.Predict([.. pixels.Select(Normalised)], 3, expected);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
        static float Normalised(byte pixel) => pixel * 0.0127f - 0.4242f;
    }

    [Fact]
    public void A_batch_of_more_than_the_device_gets_at_once_and_one_of_none()
    {
        using var classifier = new DigitClassifier(Model);
        const int Count = 300;
        byte[] pixels = TestModels.Pixels(Model.Network, Count);
        var scores = new float[Count * 4];
        classifier.PredictBatch(pixels, Count, scores);
        foreach (int row in new[] { 0, 255, 256, 299 })
        {
            Assert.Equal(classifier.Predict(pixels.AsSpan(row * classifier.PixelCount, classifier.PixelCount)).Scores, scores[(4 * row)..(4 * row + 4)]);
        }

        classifier.PredictBatch(Array.Empty<byte>(), 0, []);
        classifier.PredictBatch(Array.Empty<float>(), 0, []);
    }

    [Fact]
    public void Many_threads_get_the_answers_of_one()
    {
        using var classifier = new DigitClassifier(Model);
        const int Count = 24;
        byte[] pixels = TestModels.Pixels(Model.Network, Count);
        var expected = new float[Count * 4];
        classifier.PredictBatch(pixels, Count, expected);
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 16 }, worker =>
        {
            Span<float> scores = stackalloc float[4];
            for (int i = 0; i < 60; i++)
            {
                int row = (worker * 7 + i) % Count;
                classifier.Predict(pixels.AsSpan(row * classifier.PixelCount, classifier.PixelCount), scores);
                Assert.Equal(expected.AsSpan(4 * row, 4), scores);
            }

            var batch = new float[Count * 4];
            classifier.PredictBatch(pixels, Count, batch);
            Assert.Equal(expected, batch);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(null)]
    public void The_span_forms_do_not_allocate_on_the_processor_or_on_a_device_that_does_nothing(int? threads)
    {
        using IDevice device = threads is { } count ? new CpuDevice(count) : new ConstantDevice(0.25f);
        using var classifier = new DigitClassifier(Model, device);
        byte[] pixels = TestModels.Pixels(Model.Network, 300);
        float[] allValues = [.. pixels.Select(pixel => (float)pixel)], values = allValues[..classifier.PixelCount];
        float[] scores = new float[4], batch = new float[1200];
        void Run()
        {
            classifier.Predict(pixels.AsSpan(0, classifier.PixelCount), scores);
            classifier.Predict(values, scores);
            classifier.PredictBatch(pixels, 300, batch);
            classifier.PredictBatch(allValues, 300, batch);
        }

        Assert.Equal(0, SteadyAllocations.Of(Run));
    }

    [Fact]
    public void A_picture_is_prepared_first()
    {
        var network = new Network("n", Shape.Image(28, 28, 1), [new Conv2D(3, 5, Stride: 3), new ReLU(), new Flatten(), new Dense(5)]);
        using var classifier = new DigitClassifier(TestModels.Model(network));
        DigitImage picture = TestPictures.Stroke(90, 120, inverted: true);
        Assert.Equal(classifier.Predict(picture.Prepare().Pixels).Scores, classifier.Predict(picture).Scores);
        Assert.True(classifier.Predict(picture).Scores.Distinct().Count() > 1);
    }

    [Fact]
    public void On_a_tie_the_lower_key_wins()
    {
        using var classifier = new DigitClassifier(Model);
        Assert.Equal(new TopPrediction("eins", 1, 0.4f), classifier.Top([0.1f, 0.4f, 0.4f, 0.1f]));
    }

    [Fact]
    public void A_wrong_number_of_pixels_or_scores_is_told()
    {
        using var classifier = new DigitClassifier(Model);
        var scores = new float[4];
        const string Model1 = "1 image of this model (14x13 pixels, 4 classes) needs ";
        Assert.Equal(Model1 + "182 pixels, not 784. (Parameter 'pixels')", Assert.Throws<ArgumentException>(() => classifier.Predict(new byte[784])).Message);
        Assert.Equal(Model1 + "182 pixels, not 181. (Parameter 'pixels')", Assert.Throws<ArgumentException>(() => classifier.Predict(new float[181], scores)).Message);
        Assert.Equal(Model1 + "4 scores, not 10. (Parameter 'scores')", Assert.Throws<ArgumentException>(() => classifier.Predict(new byte[182], new float[10])).Message);
        Assert.Equal("2 images of this model (14x13 pixels, 4 classes) need 364 pixels, not 182. (Parameter 'pixels')",
            Assert.Throws<ArgumentException>(() => classifier.PredictBatch(new byte[182], 2, scores)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => classifier.PredictBatch(Array.Empty<byte>(), -1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => classifier.PredictBatch(Array.Empty<float>(), -1, []));
    }

    [Fact]
    public void A_count_whose_pixels_exceed_32_bits_is_not_taken_for_a_small_one()
    {
        using var classifier = new DigitClassifier(Model);

        // In 32 bits 182 pixels x this count are -2^31 and 4 scores x this count are 0.
        const int Count = 1 << 30;
        Assert.Equal($"{Count} images of this model (14x13 pixels, 4 classes) need 195421011968 pixels, not 0. (Parameter 'pixels')",
            Assert.Throws<ArgumentException>(() => classifier.PredictBatch(Array.Empty<byte>(), Count, [])).Message);
        Assert.Throws<ArgumentException>(() => classifier.PredictBatch(Array.Empty<float>(), Count, []));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Scores_that_are_not_finite_choose_no_class(float score)
    {
        const string Expected = "The model's scores are not finite numbers, so no class can be chosen: its weights are too large; train it again with a lower learning rate.";
        using var device = new ConstantDevice(score);
        using var classifier = new DigitClassifier(Model, device);
        var scores = new float[8];
        Assert.Equal(Expected, Assert.Throws<DigitMLException>(() => classifier.Predict(new byte[182])).Message);
        Assert.Equal(Expected, Assert.Throws<DigitMLException>(() => classifier.Predict(new float[182])).Message);
        Assert.Equal(Expected, Assert.Throws<DigitMLException>(() => classifier.PredictBatch(new byte[364], 2, scores)).Message);
        Assert.Equal(Expected, Assert.Throws<DigitMLException>(() => classifier.PredictBatch(new float[364], 2, scores)).Message);
        Assert.Equal(Expected, Assert.Throws<DigitMLException>(() => classifier.Top([0.1f, score, 0.2f, 0.3f])).Message);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    [InlineData(300, "300")]
    [InlineData(-5, "-5")]
    public void A_float_that_is_no_pixel_is_refused(float pixel, string text)
    {
        using var classifier = new DigitClassifier(Model);
        var pixels = new float[364];
        pixels[182 + 17] = pixel;
        Assert.Equal($"Pixel 17 of image 1 is {text}; it must be a number from 0 to 255. Pixels and images count from 0. (Parameter 'pixels')",
            Assert.Throws<ArgumentException>(() => classifier.PredictBatch(pixels, 2, new float[8])).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.002f)]
    public void Pixels_divided_by_255_are_refused(float ink)
    {
        using var classifier = new DigitClassifier(Model);
        var pixels = new float[364];
        pixels[17] = 255;
        pixels[182 + 17] = ink;
        Assert.Equal("No pixel of image 1 is above 1; pixels must be from 0 (background) to 255 (ink): multiply them by 255. Images count from 0. (Parameter 'pixels')",
            Assert.Throws<ArgumentException>(() => classifier.PredictBatch(pixels, 2, new float[8])).Message);
        Assert.Throws<ArgumentException>(() => classifier.Predict(pixels.AsSpan(182)));
    }

    [Fact]
    public void Null_arguments_are_named()
    {
        using var classifier = new DigitClassifier(Model);
        Assert.Throws<ArgumentNullException>("model", () => new DigitClassifier(null!));
        Assert.Throws<ArgumentNullException>("device", () => new DigitClassifier(Model, (IDevice)null!));
        Assert.Throws<ArgumentNullException>("path", () => DigitClassifier.Load((string)null!));
        Assert.Throws<ArgumentNullException>("stream", () => DigitClassifier.Load((Stream)null!));
        Assert.Throws<ArgumentNullException>("image", () => classifier.Predict((DigitImage)null!));
        Assert.Throws<ArgumentNullException>("path", () => DigitModel.Load((string)null!));
        Assert.Throws<ArgumentNullException>("stream", () => DigitModel.Load((Stream)null!));
        Assert.Throws<ArgumentNullException>("path", () => Model.Save((string)null!));
        Assert.Throws<ArgumentNullException>("stream", () => Model.Save((Stream)null!));
        Assert.Throws<ArgumentNullException>("weights", () => new DigitModel(null!, Model.Labels, Model.Normalization));
        Assert.Throws<ArgumentNullException>("labels", () => new DigitModel(Model.Weights, null!, Model.Normalization));
        Assert.Throws<ArgumentNullException>("members", () => new DigitModel(members: null!, Model.Labels));
        Assert.Throws<ArgumentNullException>("path", () => DigitImage.Load((string)null!));
        Assert.Throws<ArgumentNullException>("stream", () => DigitImage.Load((Stream)null!));
        Assert.Throws<ArgumentNullException>("pixels", () => new DigitImage(1, 1, null!));
    }

    [Fact]
    public void Options_choose_the_threads_and_the_arithmetic()
    {
        var network = new Network("n", Shape.Image(28, 28, 1), [new Conv2D(16, 3), new ReLU(), new Conv2D(16, 3), new Flatten(), new Dense(5)]);
        DigitModel model = TestModels.Model(network);
        byte[] file = TestModels.Bytes(model), pixels = TestModels.Pixels(network, 1);
        float[] Scores(DigitClassifierOptions options)
        {
            using var made = new DigitClassifier(model, options);
            using var loaded = DigitClassifier.Load(new MemoryStream(file), options);
            float[] scores = made.Predict(pixels).Scores;
            Assert.Equal(scores, loaded.Predict(pixels).Scores);
            return scores;
        }

        float[] balanced = Scores(new DigitClassifierOptions()), exact = Scores(new DigitClassifierOptions { NumericMode = NumericMode.Exact });
        Assert.Equal(balanced, Scores(new DigitClassifierOptions { Threads = 3 }));
        Assert.NotEqual(balanced, exact);
        for (int key = 0; key < exact.Length; key++) Assert.Equal(exact[key], balanced[key], 1e-4f);
        Assert.Equal("The CPU device cannot run -1 threads", Assert.Throws<DigitMLException>(() => Scores(new DigitClassifierOptions { Threads = -1 })).Message.Split(';')[0]);
    }

    [Fact]
    public void A_device_that_fails_to_compile_the_second_network_leaves_nothing_of_the_first()
    {
        using var device = new ConstantDevice(0, programs: 1);
        Assert.Throws<NotSupportedException>(() => new DigitClassifier(AveragingModelTests.Model(2, 0), device));
        Assert.Equal(0, device.OpenPrograms);
    }

    [Fact]
    public void It_says_what_it_takes_and_gives()
    {
        using var classifier = DigitClassifier.Load(new MemoryStream(TestModels.Bytes(Model)));
        Assert.Equal((14, 13, 182, 4), (classifier.Height, classifier.Width, classifier.PixelCount, classifier.ClassCount));
        Assert.Equal(["null", "eins", "zwei", "drei"], classifier.Labels.Labels.AsEnumerable());
    }

    /// <summary>A device whose programs give one score for everything and allocate nothing.</summary>
    private sealed class ConstantDevice(float score, int programs = int.MaxValue) : IDevice
    {
        private int compiled;

        public string Name => "constant";

        public string Description => Name;

        internal int OpenPrograms { get; private set; }

        public string Arithmetic => Name;

        public ITrainingProgram CompileTraining(Network network, TrainingProgramOptions options) => throw new NotSupportedException();

        public IInferenceProgram CompileInference(NetworkWeights weights)
        {
            if (compiled++ == programs) throw new NotSupportedException();
            OpenPrograms++;
            return new Program(this, score);
        }

        public void Dispose() { }

        private sealed class Program(ConstantDevice device, float score) : IInferenceProgram
        {
            public void Load(NetworkWeights weights) { }

            public void Predict(ReadOnlySpan<float> images, int count, Span<float> scores) => scores.Fill(score);

            public void Dispose() => device.OpenPrograms--;
        }
    }
}
