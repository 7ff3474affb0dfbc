using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Learning;

public class TrainerInputTests
{
    private static readonly TrainingPlan Plan = new(1, 4, new Adam(), new Constant(0.01f));

    public static TheoryData<TrainingPlan, string> WrongPlans => new()
    {
        { Plan with { Epochs = 0 }, "epochs is 0; a plan trains for at least 1 epoch." },
        { Plan with { BatchSize = 0 }, "batchSize is 0; a minibatch holds at least 1 row." },
        { Plan with { Optimizer = null! }, "optimizer is missing; name one, such as { \"type\": \"Adam\" }." },
        { Plan with { LearningRate = null! }, "learningRate is missing; name a schedule, such as { \"type\": \"Constant\", \"rate\": 0.001 }." },
        { Plan with { LearningRate = new Constant(-1) }, "learningRate.rate is -1; a learning rate is greater than 0." },
        { Plan with { LabelSmoothing = 1 }, "labelSmoothing is 1; it must be from 0 up to but not including 1." },
        { Plan with { LabelSmoothing = float.NaN }, "labelSmoothing is NaN; it must be from 0 up to but not including 1." },
        { Plan with { AveragingDecay = 1 }, "averagingDecay is 1; it must be from 0 up to but not including 1." },
        { Plan with { Augmentation = new Augmentation(Zoom: 2) }, "augmentation.zoom is 2; it must be from 0 up to but not including 1." },
        { Plan with { EarlyStopping = new EarlyStopping(Patience: -1) }, "earlyStopping.patience is -1; it must be 0 or more." },
        { Plan with { Optimizer = new Adam(Beta1: 1) }, "optimizer.beta1 is 1; it must be from 0 up to but not including 1." },
        { Plan with { Optimizer = new Adam(Beta2: -1) }, "optimizer.beta2 is -1; it must be from 0 up to but not including 1." },
        { Plan with { Optimizer = new Adam(Epsilon: 0) }, "optimizer.epsilon is 0; it must be greater than 0." },
        { Plan with { Optimizer = new Adam(WeightDecay: -1) }, "optimizer.weightDecay is -1; it must be 0 or more." },
        { Plan with { Optimizer = new RmsProp(Rho: 1) }, "optimizer.rho is 1; it must be from 0 up to but not including 1." },
        { Plan with { Optimizer = new RmsProp(Epsilon: -1) }, "optimizer.epsilon is -1; it must be greater than 0." },
        { Plan with { Optimizer = new Sgd(Momentum: 1) }, "optimizer.momentum is 1; it must be from 0 up to but not including 1." },
    };

    [Theory]
    [MemberData(nameof(WrongPlans))]
    public void A_wrong_value_of_the_plan_is_named_before_anything_runs(TrainingPlan plan, string message) => AssertRefused(message, plan: plan);

    [Fact]
    public void Rows_without_a_label_are_named()
    {
        DigitDataset rows = Stripes.OneClass(3, "train.csv");
        rows.Labels[1] = DigitDataset.NoLabel;
        const string Message = "train.csv: row 2 has no label; training and validation need a label in every row.";
        AssertRefused(Message, training: rows);
        AssertRefused(Message, validation: rows);
    }

    [Fact]
    public void No_rows_are_nothing_to_learn_from() =>
        AssertRefused("empty.csv has no rows; there is nothing to train on.", training: Stripes.OneClass(0, "empty.csv"));

    [Fact]
    public void Images_of_another_size_than_the_networks_are_refused() =>
        AssertRefused("wide.csv has images of 3x4x1 but network \"stripes\" takes 6x6x1.",
            training: new DigitDataset("wide.csv", 3, 4, new byte[12], [0], new LabelMap(["a", "b", "c"])));

    [Fact]
    public void Another_number_of_classes_than_the_networks_is_refused() =>
        AssertRefused("ten.csv has 2 classes but network \"stripes\" has 3 outputs; give its last layer 2 outputs.",
            training: new DigitDataset("ten.csv", 6, 6, new byte[36], [0], new LabelMap(["a", "b"])));

    [Fact]
    public void Other_classes_in_validation_are_refused() =>
        AssertRefused("val.csv has the classes a, b, c but one.csv has row, column, diagonal; training and validation need the same classes.",
            validation: new DigitDataset("val.csv", 6, 6, new byte[36], [0], new LabelMap(["a", "b", "c"])));

    [Fact]
    public void What_needs_validation_is_refused_without_it()
    {
        const string WayOut = "hold out validation rows or monitor the training loss.";
        AssertRefused($"earlyStopping monitors valLoss but there are no validation rows; {WayOut}", plan: Plan with { EarlyStopping = new EarlyStopping() });
        AssertRefused($"learningRate monitors valAccuracy but there are no validation rows; {WayOut}",
            plan: Plan with { LearningRate = new ReduceOnPlateau(0.1f, Monitor: MonitoredMetric.ValAccuracy) });
        AssertRefused("keepBestEpoch needs validation rows to find the best epoch; hold some out.", plan: Plan with { KeepBestEpoch = true });

        using var device = new ScriptedDevice();
        var stopping = new EarlyStopping(MonitoredMetric.Loss);
        new Trainer(device).Fit(Stripes.Network, Stripes.OneClass(4), Plan with { EarlyStopping = stopping });
    }

    [Fact]
    public void First_weights_of_another_network_are_refused()
    {
        var other = new Network("other", Stripes.Network.InputShape, [new Flatten(), new Dense(3)]);
        AssertRefused("The initial weights belong to network \"other\", whose layers differ from those of \"stripes\".", initialWeights: new NetworkWeights(other));
    }

    [Fact]
    public void Targets_of_other_rows_or_classes_are_refused()
    {
        AssertRefused("The targets are 1 rows of 3 classes but one.csv has 4 rows of 3; give every training row one value per class.", targets: new TargetMatrix(3, [1, 0, 0]));
        AssertRefused("The targets are 4 rows of 2 classes but one.csv has 4 rows of 3; give every training row one value per class.",
            targets: new TargetMatrix(2, [1, 0, 1, 0, 1, 0, 1, 0]));
    }

    [Fact]
    public void Null_is_refused_by_name()
    {
        using var device = new ScriptedDevice();
        var trainer = new Trainer(device);
        DigitDataset rows = Stripes.OneClass(4);
        Assert.Throws<ArgumentNullException>("device", () => new Trainer(null!));
        Assert.Throws<ArgumentNullException>("network", () => trainer.Fit(null!, rows, Plan));
        Assert.Throws<ArgumentNullException>("training", () => trainer.Fit(Stripes.Network, null!, Plan));
        Assert.Throws<ArgumentNullException>("plan", () => trainer.Fit(Stripes.Network, rows, null!));
        Assert.Throws<ArgumentException>("options", () => trainer.Fit(Stripes.Network, rows, Plan, new FitOptions { Observers = [null!] }));
        Assert.Throws<ArgumentNullException>("network", () => new NetworkWeights(null!));
        Assert.Throws<ArgumentNullException>("network", () => new NetworkWeights(null!, []));
        Assert.Throws<ArgumentNullException>("values", () => new NetworkWeights(Stripes.Network, null!));
        Assert.Throws<ArgumentNullException>("source", () => new NetworkWeights(Stripes.Network).CopyFrom(null!));
        Assert.Throws<ArgumentNullException>("name", () => new Network(null!, Stripes.Network.InputShape, [new Flatten()]));
        Assert.Throws<ArgumentNullException>("layers", () => new Network("n", Stripes.Network.InputShape, null!));
        Assert.Throws<ArgumentException>("layers", () => new Network("n", Stripes.Network.InputShape, [null!]));
        Assert.Throws<ArgumentNullException>("pixels", () => new DigitDataset("d", 1, 1, null!, [], rows.LabelMap));
        Assert.Throws<ArgumentNullException>("labels", () => new DigitDataset("d", 1, 1, [], null!, rows.LabelMap));
        Assert.Throws<ArgumentNullException>("labelMap", () => new DigitDataset("d", 1, 1, [], [], null!));
        Assert.Throws<ArgumentNullException>("labels", () => new LabelMap(null!));
        Assert.Throws<ArgumentNullException>("labels", () => LabelMap.FromDistinct(null!));
        Assert.Throws<ArgumentNullException>("dataset", () => PixelNormalization.Standard(null!));
        Assert.Throws<ArgumentNullException>("path", () => Checkpoint.Read(null!, Stripes.Network, Plan));
        Assert.Throws<ArgumentNullException>("path", () => new CheckpointObserver(null!));
        Assert.Throws<ArgumentNullException>("path", () => new CsvHistory(null!));
    }

    private static void AssertRefused(
        string message, DigitDataset? training = null, DigitDataset? validation = null, TrainingPlan? plan = null, NetworkWeights? initialWeights = null,
        TargetMatrix? targets = null)
    {
        using var device = new ScriptedDevice();
        var failure = Assert.Throws<DigitMLException>(() => new Trainer(device)
            .Fit(Stripes.Network, training ?? Stripes.OneClass(4), plan ?? Plan, new FitOptions { Validation = validation, InitialWeights = initialWeights, Targets = targets }));
        Assert.Equal(message, failure.Message);
        Assert.Empty(device.Calls);
    }
}
