using System.Runtime.InteropServices;
using DigitML.Engine;
using DigitML.MLNet.Vision;
using DigitML.Engine.Learning;
using DigitML.Training;
using DigitML.Experiments.OtherTrainers;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Vision;

namespace DigitML.MLNet.Tests.Vision;

/// <summary>Everything that needs no native TensorFlow: pictures, options, progress, backbone files and what is missing.</summary>
public sealed class ImageClassifierTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("digitml-images-").FullName;
    private readonly MLContext context = new(seed: 1);

    public ImageClassifierTests() => context.TempFilePath = folder;

    private static bool HasTensorFlow => NativeLibrary.TryLoad("tensorflow", typeof(Tensorflow.c_api).Assembly, null, out _);

    [Theory]
    [InlineData("resnet_v2_50", ImageClassificationTrainer.Architecture.ResnetV250)]
    [InlineData("resnet_v2_101", ImageClassificationTrainer.Architecture.ResnetV2101)]
    [InlineData("inception_v3", ImageClassificationTrainer.Architecture.InceptionV3)]
    [InlineData("mobilenet_v2", ImageClassificationTrainer.Architecture.MobilenetV2)]
    public void What_is_chosen_reaches_the_trainer(string name, ImageClassificationTrainer.Architecture architecture)
    {
        var options = new ImageClassifierOptions { Architecture = name, Epochs = 7, BatchSize = 32, LearningRate = 0.5f }.ToTrainerOptions("Key", "Image");
        Assert.Equal(("Key", "Image", architecture, 7, 32), (options.LabelColumnName, options.FeatureColumnName, options.Arch, options.Epoch, options.BatchSize));
        Assert.Equal(0.5f, Assert.IsType<ExponentialLRDecay>(options.LearningRateScheduler).LearningRate);
    }

    [Fact]
    public void What_is_not_chosen_stays_with_the_trainer()
    {
        ImageClassificationTrainer.Options usual = new(), options = new ImageClassifierOptions().ToTrainerOptions("Key", "Image");
        Assert.Equal((usual.Arch, usual.Epoch, usual.BatchSize, usual.LearningRate), (options.Arch, options.Epoch, options.BatchSize, options.LearningRate));
        Assert.Equal(((ExponentialLRDecay)usual.LearningRateScheduler).LearningRate, ((ExponentialLRDecay)options.LearningRateScheduler).LearningRate);
        Assert.Null(options.ValidationSetFraction);
    }

    [Fact]
    public void Reports_become_lines_and_epochs()
    {
        var lines = new List<string>();
        var epochs = new List<EpochReport>();
        var progress = new ImageClassifierProgress(1500, 200, lines.Add, epochs.Add);
        foreach ((ImageClassificationTrainer.ImageClassificationMetrics.Dataset dataset, int rows) in new[]
        {
            (ImageClassificationTrainer.ImageClassificationMetrics.Dataset.Validation, 200), (ImageClassificationTrainer.ImageClassificationMetrics.Dataset.Train, 1500),
        })
        {
            var bottleneck = new ImageClassificationTrainer.ImageClassificationMetrics { Bottleneck = new() { DatasetUsed = dataset } };
            for (int image = 1; image <= rows; image++)
            {
                bottleneck.Bottleneck.Index = image;
                progress.Report(bottleneck);
            }
        }

        // One object for all, as ML.NET does.
        var metrics = new ImageClassificationTrainer.ImageClassificationMetrics { Train = new() };
        for (int epoch = 0; epoch < 2; epoch++)
        {
            Report(ImageClassificationTrainer.ImageClassificationMetrics.Dataset.Train, 0.5f + epoch / 4f, 1 - epoch / 4f, 0.01f);
            Report(ImageClassificationTrainer.ImageClassificationMetrics.Dataset.Validation, 0.25f + epoch / 4f, 2 - epoch / 4f, 99);

            void Report(ImageClassificationTrainer.ImageClassificationMetrics.Dataset dataset, float accuracy, float loss, float rate)
            {
                (metrics.Train.DatasetUsed, metrics.Train.Epoch, metrics.Train.Accuracy, metrics.Train.CrossEntropy, metrics.Train.LearningRate) = (dataset, epoch, accuracy, loss, rate);
                metrics.Train.BatchProcessedCount = 150;
                progress.Report(metrics);
            }
        }

        Assert.Equal(
            ["200 of 200 images held out through the backbone", "1,000 of 1,500 images to learn from through the backbone", "1,500 of 1,500 images to learn from through the backbone"],
            lines);
        Assert.Equal(
            [(1, 0.5, 1, 0.25, 2, 0.01f, 150, 1500), (2, 0.75, 0.75, 0.5, 1.75, 0.01f, 150, 1500)],
            epochs.Select(epoch => (epoch.Epoch, epoch.TrainingAccuracy, epoch.TrainingLoss, epoch.ValidationAccuracy!.Value, epoch.ValidationLoss!.Value, epoch.LearningRate, epoch.Steps, epoch.Samples)));
    }

    [Fact]
    public void Without_rows_held_out_the_training_rows_end_an_epoch()
    {
        var epochs = new List<EpochReport>();
        new ImageClassifierProgress(10, 0, _ => { }, epochs.Add).Report(new() { Train = new() { DatasetUsed = ImageClassificationTrainer.ImageClassificationMetrics.Dataset.Train, Accuracy = 0.5f } });
        EpochReport epoch = Assert.Single(epochs);
        Assert.Equal((1, 0.5, null), (epoch.Epoch, epoch.TrainingAccuracy, epoch.ValidationAccuracy));
    }

    [Fact]
    public void A_backbone_that_is_there_is_not_fetched()
    {
        var backbone = Backbone.Get("mobilenet_v2");
        string path = Path.Combine(folder, "MLNET", "mobilenet_v2.meta");
        Assert.Equal(path, backbone.PathIn(context));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "mine");
        backbone.Provide(context, _ => throw new InvalidOperationException("fetched"), _ => { });
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void A_backbone_that_is_not_there_is_fetched()
    {
        var lines = new List<string>();
        Backbone backbone = Backbone.Get("inception_v3");
        backbone.Provide(context, address => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(address.AbsoluteUri)), lines.Add);
        Assert.Equal("https://aka.ms/mlnet-resources/meta/inception_v3.meta", File.ReadAllText(backbone.PathIn(context)));
        Assert.Equal([$"Fetching https://aka.ms/mlnet-resources/meta/inception_v3.meta to {backbone.PathIn(context)}"], lines);
    }

    [Fact]
    public void A_backbone_that_cannot_be_fetched_is_told_and_nothing_is_left()
    {
        Backbone backbone = Backbone.Get("resnet_v2_50");
        string message = Assert.Throws<DigitMLException>(() => backbone.Provide(context, _ => new BrokenStream(), _ => { })).Message;
        Assert.Equal(
            $"The backbone of resnet_v2_50 is not at {backbone.PathIn(context)} and cannot be fetched from https://aka.ms/mlnet-resources/meta/resnet_v2_50_299.meta (the line is cut); put the file there.",
            message);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "MLNET")));
    }

    [Fact]
    public void Too_few_rows_for_a_minibatch_are_told()
    {
        string message = Assert.Throws<DigitMLException>(() => ImageClassifier.Train(Digits.Rows(0, 9), null, new(), 1, _ => { }, _ => { })).Message;
        Assert.Equal("There are 9 training rows but 10 per minibatch; ML.NET trains only on full minibatches.", message);
    }

    [Fact]
    public void Without_TensorFlow_the_console_tells_what_is_missing_and_leaves_nothing()
    {
        if (HasTensorFlow) return;
        string run = Path.Combine(folder, "run");
        var error = new StringWriter();
        int code = DigitMLConsole.Run(["train", "--trainer", "imageclassification", "--arch", "mobilenet_v2", "--epochs", "2", "--data", Digits.TestFile, "--out", run], new StringWriter(), error);
        Assert.Equal(1, code);
        Assert.Contains("The trainer \"imageclassification\" needs TensorFlow's native library, which was not found; it comes with the package SciSharp.TensorFlow.Redist", error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(run));
    }

    [Fact]
    public void The_console_names_the_architectures_that_there_are() =>
        Assert.Equal(Backbone.All.Select(backbone => backbone.Name), OtherTrainerCatalog.Architectures);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("the line is cut");

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("the line is cut");

        public override void CopyTo(Stream destination, int bufferSize) => throw new IOException("the line is cut");
    }
}
