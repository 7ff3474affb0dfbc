using System.Text.RegularExpressions;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Cpu;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Model;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet.Tests;

/// <summary>Log, cancelling and resuming, retraining, memory.</summary>
public sealed class TrainingOptionsTests : IDisposable
{
    private static readonly Recipe Tiny = new RecipeOverrides(Epochs: 3, Seed: 5).Apply(RecipeCatalog.Get("tiny"));

    private readonly string folder = Directory.CreateTempSubdirectory("digitml-options-").FullName;
    private readonly MLContext context = new(seed: 1);

    [Fact]
    public void Epochs_are_reported_on_the_log_of_the_context()
    {
        var lines = new List<string>();
        context.Log += (_, message) =>
        {
            if (message.Source == "DigitCnn") lines.Add(message.RawMessage);
        };
        Fit(Digits.Rows(0, 200), new DigitCnnOptions { Recipe = Tiny, ValidationFraction = 0.1 });
        string[] epochs = [.. lines.Where(line => line.StartsWith("epoch", StringComparison.Ordinal))];
        Assert.Equal(3, epochs.Length);
        Assert.Matches(new Regex(@"^epoch 2/3: loss \d\.\d{4}, accuracy [01]\.\d{4}, validation loss \d\.\d{4}, validation accuracy [01]\.\d{4}$"), epochs[1]);

        lines.Clear();
        Fit(Digits.Rows(0, 100), new DigitCnnOptions { Recipe = Tiny with { Networks = 2 }, Epochs = 1 });
        Assert.Matches(new Regex(@"^network 2/2, epoch 1/1: loss \d\.\d{4}, accuracy [01]\.\d{4}$"), lines.Last(line => line.Contains("epoch", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_cancelled_training_is_resumed_and_ends_in_the_same_bytes()
    {
        DigitDataset rows = Digits.Rows(0, 300);
        var options = new DigitCnnOptions { Recipe = Tiny };
        string whole = Fit(rows, options).Model.ComputeSha256(), file = Path.Combine(folder, "checkpoint");
        using var stop = new CancellationTokenSource();
        var stopped = Assert.Throws<TrainingCancelledException>(() => Fit(rows, options with { Observers = [new CheckpointObserver(file), new StopAfter(2, stop)], Cancellation = stop.Token }));
        Assert.Equal(("Stopped after epoch 2 of 3.", 2, 3, 1), (stopped.Message, stopped.EpochsDone, stopped.Epochs, stopped.Networks));

        DigitCnnTransformer resumed = Fit(rows, options with { ResumeFrom = Checkpoint.Read(file, Tiny.BuildNetwork(28, 28, 10), Tiny.Training) });
        Assert.Equal(3, Assert.Single(resumed.TrainingResults).History.Count);
        Assert.Equal(whole, resumed.Model.ComputeSha256());
    }

    [Fact]
    public void A_model_is_retrained_on_further_classes_as_the_engine_does_it()
    {
        DigitDataset all = Digits.Rows(0, 400);
        int[] known = [.. Enumerable.Range(0, 400).Where(row => all.Labels[row] is 3 or 7 or 9)];
        var old = new LabelMap(["9", "7", "3"]);
        DigitDataset few = all.Subset("few", known);
        few = new DigitDataset("few", 28, 28, few.Pixels, [.. few.Labels.Select(key => old.TryGetKey(all.LabelMap[key], out int known) ? known : -1)], old);
        DigitModel model = Fit(few, new DigitCnnOptions { Recipe = Tiny }, labels: old).Model;

        IDataView view = context.Data.LoadDigits(all);
        DigitCnnTransformer retrained = context.Transforms.MapDigitLabels(model.Labels, addNewLabels: true)
            .Append(context.MulticlassClassification.Trainers.DigitCnn(new DigitCnnOptions { BaseModel = model })).Fit(view).LastTransformer;
        Assert.Equal(["9", "7", "3", "0", "1", "2", "4", "5", "6", "8"], retrained.Model.Labels.Labels);
        Assert.Equal(5, retrained.TrainingResults[0].History.Count);

        Recipe recipe = RetrainRecipe.For(model, recipe: null);
        DigitDataset grown = ClassGrowth.WithLabelsOf(model, all);
        Network network = recipe.BuildNetwork(28, 28, 10);
        using var device = new CpuDevice();
        TrainingResult result = new Trainer(device).Fit(network, grown, recipe.Training, new FitOptions
        {
            Normalization = model.Normalization,
            InitialWeights = ClassGrowth.WeightsFor(network, model, recipe.Training),
        });
        Assert.Equal(new DigitModel(result.Weights, grown.LabelMap, model.Normalization).ComputeSha256(), retrained.Model.ComputeSha256());

        string message = Assert.Throws<DigitMLException>(() => Fit(all, new DigitCnnOptions { BaseModel = model })).Message;
        Assert.Equal(
            "The labels are 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 but BaseModel's are 9, 7, 3, which come first when it is retrained; put MapDigitLabels(model.Labels, addNewLabels: true) before the trainer.",
            message);
        message = Assert.Throws<DigitMLException>(() => Fit(few, new DigitCnnOptions { BaseModel = model, Recipe = RecipeCatalog.Get("fast") }, old)).Message;
        Assert.Equal("The layers of recipe \"fast\" are not those of BaseModel (\"tiny\"); omit Recipe, or use BaseModel's own recipe.", message);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_told()
    {
        IDataView rows = context.Data.LoadDigits(Digits.Rows(0, 100));
        Told(new DigitCnnOptions { ValidationFraction = 0.1, ValidationSet = rows }, "Both ValidationFraction and ValidationSet are given; omit one of them.");
        Told(new DigitCnnOptions { Recipe = Tiny with { Networks = 2 }, BaseModel = DigitClassifier.Default.Model },
            "BaseModel is for training one network but recipe \"tiny\" has 2; use a recipe with one network.");
        Told(new DigitCnnOptions { Recipe = Tiny, TargetColumnName = "Pixels" },
            "Column \"Pixels\" is a vector of 784 Byte; a target is a vector of 10 Single, one per class: put Transforms.Conversion.MapKeyToVector(\"Pixels\", \"Label\") before the trainer.");
        Told(new DigitCnnOptions { Recipe = Tiny, ImageHeight = 10 }, "Column \"Pixels\" has 784 values per row, which is not an image of 10x78; correct ImageHeight and ImageWidth in the options.");

        void Told(DigitCnnOptions options, string message) => Assert.Equal(message, Assert.Throws<DigitMLException>(() => Fit(Digits.Rows(0, 100), options)).Message);
    }

    [Fact]
    public void A_validation_set_with_other_keys_is_told()
    {
        IDataView rows = context.Data.LoadDigits(Digits.Rows(0, 100)), others = context.Transforms.MapDigitLabels(new LabelMap(["9", "8"])).Fit(rows).Transform(rows);
        Assert.Equal(
            "The labels of ValidationSet are 9, 8 but those of the training rows are 0, 1, 2, 3, 4, 5, 6, 7, 8, 9; fit MapDigitLabels on the training rows and transform both with it.",
            Assert.Throws<DigitMLException>(() => Fit(Digits.Rows(0, 100), new DigitCnnOptions { Recipe = Tiny, ValidationSet = others })).Message);
    }

    [Fact]
    public void No_float_copy_of_the_rows_is_made()
    {
        const int Rows = 10_000, Constant = 8 << 20;
        ITransformer keys = context.Transforms.MapDigitLabels().Fit(context.Data.LoadDigits(Digits.Rows(0, 100)));
        IDataView rows = keys.Transform(context.Data.LoadDigits(Digits.Rows(0, Rows)));
        Recipe recipe = Tiny with { Layers = [new MaxPool2D(4), new Flatten(), new Dense(10)] };
        DigitCnnTrainer trainer = context.MulticlassClassification.Trainers.DigitCnn(new DigitCnnOptions { Recipe = recipe, Epochs = 1 });
        long before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Fit(rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, Rows * 784, Rows * 784 * 2 + Constant);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private DigitCnnTransformer Fit(DigitDataset rows, DigitCnnOptions options, LabelMap? labels = null) =>
        (labels is null ? context.Transforms.MapDigitLabels() : context.Transforms.MapDigitLabels(labels))
            .Append(context.MulticlassClassification.Trainers.DigitCnn(options)).Fit(context.Data.LoadDigits(rows)).LastTransformer;

    private sealed class StopAfter(int epoch, CancellationTokenSource source) : ITrainingObserver
    {
        public void EpochEnded(EpochReport report, Checkpoint checkpoint)
        {
            if (report.Epoch == epoch) source.Cancel();
        }
    }
}
