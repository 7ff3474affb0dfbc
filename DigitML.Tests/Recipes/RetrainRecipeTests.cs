using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Model;
using DigitML.Model.Contents;
using DigitML.Tests.Data;
using DigitML.Tests.Model;

namespace DigitML.Tests.Recipes;

/// <summary>How a model is trained further, and how it gets new classes.</summary>
public sealed class RetrainRecipeTests : DataFolder
{
    private static readonly TrainingPlan Plan = new(3, 8, new Adam(), new Constant(0.01f));
    private static readonly Network Small = new("small", Shape.Image(2, 2, 1), [new Flatten(), new Dense(3), new ReLU(), new Dense(2), new Softmax()]);

    [Fact]
    public void New_labels_come_after_the_models_and_rows_keep_theirs()
    {
        var data = new DigitDataset("new", 1, 1, [1, 2, 3], [0, 1, 0], new LabelMap(["7", "1"]));
        DigitDataset both = ClassGrowth.WithLabelsOf(TestModels.Model(Small), data);
        Assert.Equal(["0", "1", "7"], both.LabelMap.Labels.AsEnumerable());
        Assert.Equal("7 1 7", LabelsOf(both));
        Assert.Equal(data.Pixels, both.Pixels);
    }

    [Fact]
    public void The_last_layer_with_weights_gives_as_many_outputs_as_there_are_classes()
    {
        Recipe dense = ClassGrowth.RecipeOf(TestModels.Model(Small), Plan);
        Assert.Equal([new Flatten(), new Dense(3), new ReLU(), new Dense(5), new Softmax()], TestModels.Layers(dense.BuildNetwork(2, 2, 5)));
        Assert.Equal(("small", Plan), (dense.Name, dense.Training));
        var global = new Network("global", Shape.Image(2, 2, 1), [new Conv2D(2, 2), new GlobalAveragePool2D()]);
        Assert.Equal([new Conv2D(5, 2), new GlobalAveragePool2D()], TestModels.Layers(ClassGrowth.RecipeOf(TestModels.Model(global), Plan).BuildNetwork(2, 2, 5)));
    }

    [Fact]
    public void A_network_whose_weights_end_before_the_classes_is_refused()
    {
        const string Message = "The last layer of network \"flat\" does not give one output per class; it cannot be retrained.";
        Layer[][] networks = [[new Flatten()], [new Conv2D(1, 1), new Flatten()]];
        Assert.All(networks, layers => Assert.Equal(
            Message, FailureOf(() => ClassGrowth.RecipeOf(TestModels.Model(new Network("flat", Shape.Image(1, 2, 1), layers)), Plan))));
    }

    [Fact]
    public void Weights_are_those_of_the_model_and_random_for_new_classes()
    {
        DigitModel model = TestModels.Model(Small);
        NetworkWeights grown = ClassGrowth.WeightsFor(ClassGrowth.RecipeOf(model, Plan).BuildNetwork(2, 2, 3), model, Plan);
        Assert.Equal(model.Weights.Tensors[0].Values, grown.Tensors[0].Values);
        Assert.Equal(model.Weights.Tensors[2].Values, grown.Tensors[2].Values[..6]);
        Assert.All(grown.Tensors[2].Values[6..], value => Assert.NotEqual(0, value));
    }

    [Fact]
    public void A_models_own_training_goes_on_for_5_epochs_at_a_tenth_of_its_rate_and_with_augmentation_to_the_end()
    {
        Recipe compact = RecipeCatalog.Get("compact");
        TrainingPlan own = compact.Training with { LearningRate = new Constant(0.5f), Augmentation = new Augmentation(Zoom: 0.1f, FinalEpochsWithout: 2) };
        TrainingPlan plan = RetrainRecipe.For(TestModels.Model(Small, metadata: new ModelMetadata { RecipeJson = (compact with { Training = own }).ToJson() }), recipe: null).Training;
        Assert.Equal(own with { Epochs = 5, LearningRate = new Cosine(0.05f), Augmentation = new Augmentation(Zoom: 0.1f) }, plan);
        Assert.Equal(new TrainingPlan(5, 128, new Adam(), new Cosine(0.1f * 0.001f)), RetrainRecipe.For(TestModels.Model(Small), recipe: null).Training);
        Assert.Equal(compact.Training, RetrainRecipe.For(TestModels.Model(Small), "compact").Training);
    }

    [Fact]
    public void An_ensemble_is_refused_with_the_way_out()
    {
        string path = PathOf("model.onnx");
        AveragingModelTests.Model(2, 0).Save(path);
        Assert.Equal(
            "model.onnx: it is an ensemble of 2 networks, which cannot be retrained; retrain each model separately and combine them with digitml ensemble.",
            FailureOf(() => RetrainRecipe.LoadModel(path)));
        AveragingModelTests.Model(1, 1).Save(path);
        Assert.Equal(1, RetrainRecipe.LoadModel(path).TestTimeShift);
    }
}
