using DigitML.Data.Recipes;
using DigitML.Engine;

namespace DigitML.Tests.Recipes;

public class RecipeMistakesTests
{
    private const string Right = """
        {
          "name": "mine",
          "normalization": "unit",
          "layers": [
            { "type": "Conv2D", "filters": 4, "kernelSize": 3 },
            { "type": "ReLU" },
            { "type": "Flatten" },
            { "type": "Dense", "units": "classes" }
          ],
          "training": {
            "epochs": 2,
            "batchSize": 8,
            "optimizer": { "type": "Adam" },
            "learningRate": { "type": "Constant", "rate": 0.001 }
          }
        }
        """;

    [Theory]
    [InlineData("\"filters\": 4", "\"fliters\": 4", "mine.json:5: layers[0].fliters is not known here; there can be type, filters, kernelSize, padding, useBias, stride.")]
    [InlineData("\"filters\": 4", "\"filters\": \"four\"", "mine.json:5: layers[0].filters is \"four\"; it must be a whole number of at least 1, or \"classes\" for as many as the data has.")]
    [InlineData("\"filters\": 4", "\"filters\": 0", "mine.json:5: layers[0].filters is 0; it must be a whole number of at least 1, or \"classes\" for as many as the data has.")]
    [InlineData("\"filters\": 4", "\"filters\": 4, \"padding\": \"smae\"", "mine.json:5: layers[0].padding is \"smae\"; a padding is \"same\", \"valid\" or [top, left, bottom, right].")]
    [InlineData("\"filters\": 4", "\"filters\": 4, \"useBias\": 1", "mine.json:5: layers[0].useBias is 1; it must be true or false.")]
    [InlineData("\"filters\": 4, ", "", "mine.json:5: layers[0] lacks \"filters\"; it can have type, filters, kernelSize, padding, useBias, stride.")]
    [InlineData("\"kernelSize\": 3", "\"kernelSize\": [1, 2, 3]", "mine.json:5: layers[0].kernelSize is [1, 2, 3]; a size is one number or [height, width].")]
    [InlineData("\"kernelSize\": 3", "\"kernelSize\": 3, \"kernelSize\": 5", "mine.json:5: layers[0].kernelSize appears twice.")]
    [InlineData("\"type\": \"ReLU\"", "\"type\": \"Relu\"", "mine.json:6: layers[1] has the type \"Relu\"; a type is one of Conv2D, MaxPool2D, AveragePool2D, GlobalAveragePool2D, Dense, BatchNorm, ReLU, Dropout, Flatten, Softmax, Resizing.")]
    [InlineData("\"type\": \"ReLU\"", "", "mine.json:6: layers[1] lacks \"type\"; a type is one of Conv2D, MaxPool2D, AveragePool2D, GlobalAveragePool2D, Dense, BatchNorm, ReLU, Dropout, Flatten, Softmax, Resizing.")]
    [InlineData("{ \"type\": \"ReLU\" }", "null", "mine.json:6: layers[1] is null; it must be an object in braces.")]
    [InlineData("\"name\": \"mine\"", "\"name\": null", "mine.json:2: name is null; it must be a string in quotes.")]
    [InlineData("\"name\": \"mine\"", "\"name\": \"\"", "mine.json:2: name is \"\"; it must be usable as a folder name.")]
    [InlineData("\"name\": \"mine\"", "\"name\": \"/mine\"", "mine.json:2: name is \"/mine\"; it must be usable as a folder name.")]
    [InlineData("\"name\": \"mine\"", "\"name\": \"mine\", \"networks\": 0", "mine.json:2: networks is 0; it must be 1 or more.")]
    [InlineData("\"name\": \"mine\"", "\"name\": \"mine\", \"testTimeShift\": -1", "mine.json:2: testTimeShift is -1; it must be 0 or more.")]
    [InlineData("\"name\": \"mine\"", "\"name\": 3", "mine.json:2: name is 3; it must be a string in quotes.")]
    [InlineData("\"name\": \"mine\",", "", "mine.json:1: it lacks \"name\"; it can have name, layers, training, normalization, description, networks, otherLayers, testTimeShift.")]
    [InlineData("\"unit\"", "\"units\"", "mine.json:3: normalization is \"units\"; it must be one of \"unit\", \"standard\".")]
    [InlineData("\"epochs\": 2", "\"epochs\": 2.5", "mine.json:11: training.epochs is 2.5; it must be a whole number.")]
    [InlineData("\"epochs\": 2", "\"epochs\": {}", "mine.json:11: training.epochs is an object; it must be a whole number.")]
    [InlineData("\"epochs\": 2", "\"epochs\": [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]", "mine.json:11: training.epochs is a list; it must be a whole number.")]
    [InlineData("\"epochs\": 2", "\"epochs\": \"as many as it takes to read every digit of the test file correctly\"", "mine.json:11: training.epochs is \"as many as it takes to read every digit of the test file...; it must be a whole number.")]
    [InlineData("\"layers\": [", "\"layers\": 3, \"other\": [", "mine.json:4: layers is 3; it must be a list in brackets.")]
    [InlineData("\"epochs\": 2", "\"epochs\": 0", "mine.json:11: training.epochs is 0; a plan trains for at least 1 epoch.")]
    [InlineData("\"batchSize\": 8,", "", "mine.json:10: training lacks \"batchSize\"; it can have epochs, batchSize, optimizer, learningRate, labelSmoothing, augmentation, averagingDecay, initializer, seed, earlyStopping, keepBestEpoch.")]
    [InlineData("\"type\": \"Adam\"", "\"type\": \"Adam\", \"beta1\": 1e99", "mine.json:13: training.optimizer.beta1 is 1e99; it must be a number of at most 3.4e38.")]
    [InlineData("\"type\": \"Adam\"", "\"type\": \"Adam\", \"beta1\": 2", "mine.json:13: training.optimizer.beta1 is 2; it must be from 0 up to but not including 1.")]
    [InlineData("\"type\": \"Adam\"", "\"type\": \"Adma\"", "mine.json:13: training.optimizer has the type \"Adma\"; a type is one of Adam, RmsProp, Sgd.")]
    [InlineData("\"rate\": 0.001", "\"rate\": -1", "mine.json:14: training.learningRate.rate is -1; a learning rate is greater than 0.")]
    [InlineData("\"rate\": 0.001", "\"rate\": \"fast\"", "mine.json:14: training.learningRate.rate is \"fast\"; it must be a number.")]
    [InlineData("\"batchSize\": 8", "\"batchSize\": 8, \"initializer\": \"he\"", "mine.json:12: training.initializer is \"he\"; it must be one of \"heNormal\", \"glorotUniform\".")]
    [InlineData("\"batchSize\": 8", "\"batchSize\": 8, \"earlyStopping\": { \"patience\": -1 }", "mine.json:12: training.earlyStopping.patience is -1; it must be 0 or more.")]
    [InlineData("\"batchSize\": 8", "\"batchSize\": 8, \"augmentation\": { \"zoom\": 2 }", "mine.json:12: training.augmentation.zoom is 2; it must be from 0 up to but not including 1.")]
    [InlineData("\"batchSize\": 8", "\"batchSize\": 8, \"augmentation\": 3", "mine.json:12: training.augmentation is 3; it must be an object in braces.")]
    [InlineData("\"batchSize\": 8", "\"batchSize\" 8", "mine.json:12: the JSON is malformed at column 17; check the commas, colons, quotes and brackets there.")]
    [InlineData("\"layers\": [", "\"layers\": [[", "mine.json:10: the JSON is malformed at column 13; check the commas, colons, quotes and brackets there.")]
    [InlineData("\"layers\": [", "\"otherLayers\": [[]], \"layers\": [", "mine.json:4: otherLayers[0] is an empty list; a network has at least one layer.")]
    [InlineData("\"layers\": [", "\"otherLayers\": [[null]], \"layers\": [", "mine.json:4: otherLayers[0][0] is null; it must be an object in braces.")]
    [InlineData("\"layers\": [", "\"layers\": [], \"other\": [", "mine.json:4: other is not known here; there can be name, layers, training, normalization, description, networks, otherLayers, testTimeShift.")]
    public void A_mistake_gets_one_line_with_its_place_and_the_rule(string right, string wrong, string message)
    {
        Assert.Contains(right, Right, StringComparison.Ordinal);
        var failure = Assert.Throws<DigitMLException>(() => RecipeCatalog.Read("mine.json", Right.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Equal(message, failure.Message);
    }

    [Theory]
    [InlineData("", "mine.json:1: the file is empty; it holds an object in braces.")]
    [InlineData("null", "mine.json:1: it is null; it must be an object in braces.")]
    [InlineData("[]", "mine.json:1: it is []; it must be an object in braces.")]
    [InlineData("{", "mine.json:1: the file ends in the middle of its JSON; it is cut off, or a closing bracket, brace or quote is missing.")]
    public void A_file_that_holds_no_object_is_refused(string json, string message) =>
        Assert.Equal(message, Assert.Throws<DigitMLException>(() => RecipeCatalog.Read("mine.json", json)).Message);

    [Fact]
    public void Comments_and_trailing_commas_are_allowed()
    {
        Recipe recipe = RecipeCatalog.Read("mine.json", Right.Replace("\"epochs\": 2,", "\"epochs\": 3, // more\n", StringComparison.Ordinal)
            .Replace("\"rate\": 0.001 }", "\"rate\": 0.001, },", StringComparison.Ordinal));
        Assert.Equal(3, recipe.Training.Epochs);
    }
}
