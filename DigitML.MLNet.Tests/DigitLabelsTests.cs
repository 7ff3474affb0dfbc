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
    public void A_number_that_is_missing_is_a_missing_label_and_an_infinite_one_is_refused()
    {
        IDataView rows = context.Data.LoadFromEnumerable([new Numbered { Label = 3 }, new Numbered { Label = float.NaN }, new Numbered { Label = 1.5f }]);
        IDataView keys = context.Transforms.MapDigitLabels().Fit(rows).Transform(rows);
        Assert.Equal(["1.5", "3"], KeyValues.Of(keys.Schema["Label"]).Names.Order());
        Assert.Equal(0u, keys.GetColumn<uint>("Label").ElementAt(1));
        IDataView endless = context.Data.LoadFromEnumerable([new Numbered { Label = 3 }, new Numbered { Label = float.NegativeInfinity }]);
        Assert.Equal("Row 2 of column \"Label\" has an infinite label; a label must be a number, or NaN where it is missing.",
            Assert.Throws<DigitMLException>(() => context.Transforms.MapDigitLabels().Fit(endless)).Message);
    }

    [Fact]
    public void A_vector_is_no_label()
    {
        IDataView rows = context.Data.LoadFromEnumerable([new Numbered()]);
        const string WayOut = "; a label must be one text or number per row: name another column, or map the most probable of one-hot values to a label first.";
        Assert.Equal("Column \"OneHot\" is a vector of 2 Single" + WayOut, Assert.Throws<DigitMLException>(() => context.Transforms.MapDigitLabels("Label", "OneHot").Fit(rows)).Message);
        Assert.Equal("Column \"OneHot\" is a vector of Single" + WayOut, Assert.Throws<DigitMLException>(
            () => context.Transforms.MapDigitLabels("Label", "OneHot").Append(context.Transforms.CopyColumns("Copy", "Label")).Fit(rows)).Message);
        Assert.StartsWith("There is no column \"Lable\"; the columns are Label, OneHot", Assert.Throws<DigitMLException>(
            () => context.Transforms.MapDigitLabels("Label", "Lable").Append(context.Transforms.CopyColumns("Copy", "Label")).Fit(rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_labels_teach_nothing() =>
        Assert.Equal("No row has a label in column \"Label\"; there is nothing to train on.", Assert.Throws<DigitMLException>(() => context.Transforms.MapDigitLabels().Fit(Rows(""))).Message);

    private sealed class Numbered
    {
        public float Label { get; set; }

        [VectorType(2)]
        public float[] OneHot { get; set; } = new float[2];
    }

    private IDataView Rows(params string[] labels)
    {
        var map = LabelMap.FromDistinct(labels.Where(label => label.Length > 0).Reverse());
        int[] keys = [.. labels.Select(label => map.TryGetKey(label, out int key) ? key : DigitDataset.NoLabel)];
        return context.Data.LoadDigits(new DigitDataset("rows", 2, 2, new byte[4 * labels.Length], keys, map));
    }
}
