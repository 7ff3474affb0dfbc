using DigitML.Engine;
using DigitML.Training.Recipes;

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
    [InlineData("\"filters\": 4", "\"fliters\": 4", "?")]
    [InlineData("\"filters\": 4", "\"filters\": \"four\"", "?")]
    [InlineData("\"filters\": 4", "\"filters\": 0", "?")]
    [InlineData("\"filters\": 4", "\"filters\": 4, \"padding\": \"smae\"", "?")]
    [InlineData("\"filters\": 4", "\"filters\": 4, \"useBias\": 1", "?")]
    [InlineData("\"filters\": 4, ", "", "?")]
    [InlineData("\"kernelSize\": 3", "\"kernelSize\": [1, 2, 3]", "?")]
    [InlineData("\"kernelSize\": 3", "\"kernelSize\": 3, \"kernelSize\": 5", "?")]
    [InlineData("\"type\": \"ReLU\"", "\"type\": \"Relu\"", "?")]
    [InlineData("\"type\": \"ReLU\"", "", "?")]
    [InlineData("{ \"type\": \"ReLU\" }", "null", "?")]
    [InlineData("\"name\": \"mine\"", "\"name\": null", "?")]
    [InlineData("\"name\": \"mine\"", "\"name\": \"\"", "?")]
    [InlineData("\"name\": \"mine\"", "\"name\": 3", "?")]
    [InlineData("\"name\": \"mine\",", "", "?")]
    [InlineData("\"unit\"", "\"units\"", "?")]
    [InlineData("\"epochs\": 2", "\"epochs\": 2.5", "?")]
    [InlineData("\"epochs\": 2", "\"epochs\": 0", "?")]
    [InlineData("\"batchSize\": 8,", "", "?")]
    [InlineData("\"type\": \"Adam\"", "\"type\": \"Adam\", \"beta1\": 1e99", "?")]
    [InlineData("\"type\": \"Adam\"", "\"type\": \"Adam\", \"beta1\": 2", "?")]
    [InlineData("\"type\": \"Adam\"", "\"type\": \"Adma\"", "?")]
    [InlineData("\"rate\": 0.001", "\"rate\": -1", "?")]
    [InlineData("\"rate\": 0.001", "\"rate\": \"fast\"", "?")]
    [InlineData("\"batchSize\": 8", "\"batchSize\": 8, \"initializer\": \"he\"", "?")]
    [InlineData("\"batchSize\": 8", "\"batchSize\": 8, \"earlyStopping\": { \"patience\": -1 }", "?")]
    [InlineData("\"batchSize\": 8", "\"batchSize\": 8, \"augmentation\": { \"zoom\": 2 }", "?")]
    [InlineData("\"batchSize\": 8", "\"batchSize\": 8, \"augmentation\": 3", "?")]
    [InlineData("\"batchSize\": 8", "\"batchSize\" 8", "?")]
    [InlineData("\"layers\": [", "\"layers\": [[", "?")]
    [InlineData("\"layers\": [", "\"layers\": [], \"other\": [", "?")]
    public void A_mistake_gets_one_line_with_its_place_and_the_rule(string right, string wrong, string message)
    {
        Assert.Contains(right, Right, StringComparison.Ordinal);
        var failure = Assert.Throws<DigitMLException>(() => RecipeCatalog.Read("mine.json", Right.Replace(right, wrong, StringComparison.Ordinal)));
        File.AppendAllText("/tmp/w/msgs", wrong + "  =>  " + failure.Message + "\n");
        Assert.Equal(message, failure.Message);
    }
}
