using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet.Tests;

public class DigitLabelsTests
{
    private readonly MLContext context = new(seed: 1);

    [Fact]
    public void Keys_are_in_the_order_people_expect_and_missing_labels_stay_missing()
    {
        IDataView rows = Rows("10", "2", "b", "", "1", "a", "2", "11");
        IDataView keys = context.Transforms.MapDigitLabels().Fit(rows).Transform(rows);
        Assert.Equal(["1", "2", "10", "11", "a", "b"], KeyValues.Of(keys.Schema["Label"]).Names);
        Assert.Equal([3, 2, 6, 0, 1, 5, 2, 4], keys.GetColumn<uint>("Label").Select(key => (int)key));
    }

    [Fact]
    public void Given_labels_keep_their_order_whatever_the_rows_hold()
    {
        IDataView rows = Rows("9", "10", "x", "2");
        IDataView keys = context.Transforms.MapDigitLabels(new LabelMap(["10", "9", "1", "2"])).Fit(rows).Transform(rows);
        Assert.Equal(["10", "9", "1", "2"], KeyValues.Of(keys.Schema["Label"]).Names);
        Assert.Equal([2, 1, 0, 4], keys.GetColumn<uint>("Label").Select(key => (int)key));
    }

    [Fact]
    public void New_labels_come_after_the_given_ones_where_they_are_wanted()
    {
        IDataView rows = Rows("x", "12", "9", "11");
        IDataView keys = context.Transforms.MapDigitLabels(new LabelMap(["10", "9"]), addNewLabels: true).Fit(rows).Transform(rows);
        Assert.Equal(["10", "9", "11", "12", "x"], KeyValues.Of(keys.Schema["Label"]).Names);
    }

    [Fact]
    public void A_models_and_a_scorers_labels_are_taken()
    {
        IDataView rows = Rows("7");
        foreach (DigitLabelEstimator labels in new[] { context.Transforms.MapDigitLabels(DigitClassifier.Default.Model), context.Transforms.MapDigitLabels(DigitClassifier.Default) })
        {
            Assert.Equal(8u, Assert.Single(labels.Fit(rows).Transform(rows).GetColumn<uint>("Label")));
        }
    }

    [Fact]
    public void Numbers_are_labels_too()
    {
        IDataView rows = context.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Single).Fit(Rows("10", "2")).Transform(Rows("10", "2"));
        IDataView keys = context.Transforms.MapDigitLabels("Key", "Label").Fit(rows).Transform(rows);
        Assert.Equal(["2", "10"], KeyValues.Of(keys.Schema["Key"]).Names);
        Assert.Equal([2u, 1u], keys.GetColumn<uint>("Key"));
    }

    [Fact]
    public void Rows_without_labels_teach_nothing() =>
        Assert.Equal("No row has a label in column \"Label\"; there is nothing to train on.", Assert.Throws<DigitMLException>(() => context.Transforms.MapDigitLabels().Fit(Rows(""))).Message);

    private IDataView Rows(params string[] labels)
    {
        var map = LabelMap.FromDistinct(labels.Where(label => label.Length > 0).Reverse());
        int[] keys = [.. labels.Select(label => map.TryGetKey(label, out int key) ? key : DigitDataset.NoLabel)];
        return context.Data.LoadDigits(new DigitDataset("rows", 2, 2, new byte[4 * labels.Length], keys, map));
    }
}
