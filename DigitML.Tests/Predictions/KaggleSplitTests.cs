using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Tests.Data;
using DigitML.Data.Predictions;

namespace DigitML.Tests.Predictions;

public sealed class KaggleSplitTests : DataFolder
{
    // Row r has the pixel r and the label r % 3.
    private static readonly DigitDataset Hundred = new(
        "hundred.csv", 1, 1, [.. Enumerable.Range(0, 100).Select(row => (byte)row)], [.. Enumerable.Range(0, 100).Select(row => row % 3)], new LabelMap(["a", "b", "c"]));

    [Fact]
    public void Every_row_goes_to_one_side_with_its_label()
    {
        KaggleSplit split = KaggleSplit.Of(Hundred, seed: 1);

        Assert.Equal((60, 40), (split.Training.Count, split.Test.Count));
        Assert.Equal(Hundred.Pixels, split.Training.Pixels.Concat(split.Test.Pixels).Order());
        Assert.All(split.Training.Pixels.Zip(split.Training.Labels).Concat(split.Test.Pixels.Zip(split.Test.Labels)), row => Assert.Equal(row.First % 3, row.Second));
    }

    [Fact]
    public void Rows_are_mixed_so_that_their_place_tells_nothing()
    {
        KaggleSplit split = KaggleSplit.Of(Hundred, seed: 1);

        Assert.NotEqual(split.Training.Pixels.Order(), split.Training.Pixels);
        Assert.InRange(split.Test.Pixels.Count(pixel => pixel >= 60), 8, 24);
    }

    [Fact]
    public void The_seed_decides_the_bytes_of_all_files()
    {
        string[] first = BytesOf(seed: 1, "first"), again = BytesOf(seed: 1, "again"), other = BytesOf(seed: 2, "other");

        Assert.Equal(first, again);
        Assert.All(first.Zip(other), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void Files_are_laid_out_as_those_of_Kaggle()
    {
        var rows = new DigitDataset("few.csv", 2, 2, [.. Enumerable.Range(0, 20).Select(pixel => (byte)pixel)], [0, 1, 0, 1, 0], new LabelMap(["3", "8"]));
        string[] files = [.. Split(rows, seed: 4, "few").Select(File.ReadAllText)];
        string[] training = files[0].Split('\n'), test = files[1].Split('\n'), solution = files[2].Split('\n');

        Assert.Equal(("label,pixel0,pixel1,pixel2,pixel3", 5), (training[0], training.Length));
        Assert.Equal(("pixel0,pixel1,pixel2,pixel3", 4), (test[0], test.Length));
        Assert.Equal(("ImageId,Label", 4), (solution[0], solution.Length));
        Assert.All(training[1..4], row => Assert.Equal(LabelOfFirstPixel(row.Split(',')[1]), row.Split(',')[0]));
        Assert.All([1, 2], id => Assert.Equal($"{id},{LabelOfFirstPixel(test[id].Split(',')[0])}", solution[id]));

        static string LabelOfFirstPixel(string pixel) => int.Parse(pixel) / 4 % 2 == 0 ? "3" : "8";
    }

    [Fact]
    public void A_split_that_is_stopped_leaves_no_file()
    {
        Assert.Throws<OperationCanceledException>(() => KaggleSplit.Of(Hundred, seed: 1).Write(PathOf("stopped"), new CancellationToken(canceled: true)));
        Assert.Empty(Directory.Exists(PathOf("stopped")) ? Directory.GetFiles(PathOf("stopped")) : []);
    }

    [Theory]
    [InlineData("train.csv")]
    [InlineData("test.csv")]
    [InlineData("solution.csv")]
    public void A_file_that_is_there_is_not_written_over(string file)
    {
        Write(file, "mine");

        Assert.Equal($"{file} already exists; delete it or choose another --out.", FailureOf(() => KaggleSplit.Of(Hundred, seed: 1).Write(PathOf(""))));
        Assert.Equal("mine", File.ReadAllText(PathOf(file)));
        Assert.Single(Directory.GetFiles(PathOf("")));
    }

    [Fact]
    public void One_row_cannot_be_split() => Assert.Equal(
        "one.csv has 1 row; a split needs at least 2.",
        Assert.Throws<DigitMLException>(() => KaggleSplit.Of(Hundred.Subset("one.csv", [0]), seed: 1)).Message);

    private string[] BytesOf(ulong seed, string folder) => [.. Split(Hundred, seed, folder).Select(file => Convert.ToHexString(File.ReadAllBytes(file)))];

    private string[] Split(DigitDataset rows, ulong seed, string folder)
    {
        (string training, string test, string solution) = KaggleSplit.Of(rows, seed).Write(PathOf(folder));
        return [training, test, solution];
    }
}
