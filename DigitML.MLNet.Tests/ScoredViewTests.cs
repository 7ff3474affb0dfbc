using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet.Tests;

/// <summary>A trained network scores views in batches.</summary>
public sealed class ScoredViewTests : IDisposable
{
    private readonly MLContext context = new(seed: 1);
    private readonly DigitCnnTransformer model;
    private readonly DigitClassifier classifier;

    public ScoredViewTests()
    {
        var trainer = context.MulticlassClassification.Trainers.DigitCnn(new DigitCnnOptions { Recipe = RecipeCatalog.Get("tiny"), Epochs = 1 });
        model = context.Transforms.MapDigitLabels().Append(trainer).Fit(context.Data.LoadDigits(Digits.Rows(0, 500))).LastTransformer;
        classifier = new DigitClassifier(model.Model);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(700)]
    public void Scores_are_those_of_a_batch_and_other_columns_pass_through(int count)
    {
        DigitDataset rows = Digits.Rows(0, count);
        IDataView view = context.Data.LoadDigits(rows), scored = model.Transform(view);
        Assert.Equal(count, scored.GetRowCount());
        Assert.Equal(["Label", "Pixels", "Score", "PredictedLabel"], scored.Schema.Select(column => column.Name));
        Assert.Equal(scored.Schema.Select(column => (column.Name, column.Type)), model.GetOutputSchema(view.Schema).Select(column => (column.Name, column.Type)));
        float[] expected = Scores(rows);
        Assert.Equal(expected, scored.GetColumn<float[]>("Score").SelectMany(row => row));
        Assert.Equal(Enumerable.Range(0, count).Select(row => (uint)classifier.Top(expected.AsSpan(row * 10, 10)).Key + 1), scored.GetColumn<uint>("PredictedLabel"));
        Assert.Equal(view.GetColumn<string>("Label"), scored.GetColumn<string>("Label"));
        Assert.Equal(view.GetColumn<byte[]>("Pixels"), scored.GetColumn<byte[]>("Pixels"));
    }

    [Fact]
    public void Rows_that_are_left_out_before_it_are_not_scored()
    {
        DigitDataset rows = Digits.Rows(0, 600);
        IDataView sixes = context.Data.FilterByCustomPredicate<Labelled>(context.Data.LoadDigits(rows), row => row.Label != "6");
        int[] left = [.. Enumerable.Range(0, 600).Where(row => rows.LabelMap[rows.Labels[row]] == "6")];
        Assert.NotEmpty(left);
        Assert.Equal(Scores(rows.Subset("sixes", left)), model.Transform(sixes).GetColumn<float[]>("Score").SelectMany(row => row));

        IDataView some = context.Data.TakeRows(context.Data.SkipRows(context.Data.LoadDigits(rows), 300), 280);
        Assert.Equal(Scores(Digits.Rows(300, 280)), model.Transform(some).GetColumn<float[]>("Score").SelectMany(row => row));
        Assert.Equal(Scores(Digits.Rows(10, 5)), context.Data.TakeRows(context.Data.SkipRows(model.Transform(context.Data.LoadDigits(rows)), 10), 5).GetColumn<float[]>("Score").SelectMany(row => row));
    }

    [Fact]
    public void An_empty_view_gives_no_rows() => Assert.Empty(model.Transform(context.Data.LoadDigits(Digits.Rows(0, 0))).GetColumn<float[]>("Score"));

    [Fact]
    public void Two_cursors_at_once_do_not_disturb_each_other()
    {
        DigitDataset rows = Digits.Rows(0, 520);
        IDataView scored = model.Transform(context.Data.LoadDigits(rows));
        float[] expected = Scores(rows);
        using IEnumerator<float[]> slow = scored.GetColumn<float[]>("Score").GetEnumerator();
        using IEnumerator<float[]> fast = scored.GetColumn<float[]>("Score").GetEnumerator();
        for (int i = 0; i < 300; i++) fast.MoveNext();
        for (int row = 0; row < 520; row++)
        {
            Assert.True(slow.MoveNext());
            Assert.Equal(expected[(row * 10)..(row * 10 + 10)], slow.Current);
            if (!fast.MoveNext()) continue;
            Assert.Equal(expected[((row + 300) * 10)..((row + 300) * 10 + 10)], fast.Current);
        }
    }

    [Fact]
    public void Nothing_is_scored_where_no_score_is_asked_for()
    {
        int read = 0;
        IDataView counted = context.Data.LoadFromEnumerable(Enumerable.Range(0, 10).Select(_ =>
        {
            read++;
            return new Input();
        }));
        IDataView scored = model.Transform(counted);
        Assert.Equal(10, scored.GetColumn<string>("Label").Count());
        Assert.Equal(10, read);
        string message = Assert.Throws<DigitMLException>(() => scored.GetColumn<float[]>("Score").Count()).Message;
        Assert.Equal("A row of column \"Pixels\" has 0 values, not the 784 that the column declares.", message);
    }

    [Fact]
    public void Floats_of_0_to_255_give_the_scores_of_the_bytes()
    {
        IDataView rows = context.Data.LoadDigits(Digits.Rows(0, 300));
        IDataView floats = context.Transforms.Conversion.ConvertType("Pixels", outputKind: DataKind.Single).Fit(rows).Transform(rows);
        Assert.Equal(model.Transform(rows).GetColumn<float[]>("Score"), model.Transform(floats).GetColumn<float[]>("Score"));
    }

    [Fact]
    public void Floats_divided_by_255_give_the_scores_of_the_bytes_in_views_and_engines()
    {
        IDataView rows = context.Data.LoadDigits(Digits.Rows(0, 300)), divided = context.Transforms.NormalizeDigits().Fit(rows).Transform(rows);
        float[][] expected = [.. model.Transform(rows).GetColumn<float[]>("Score")];
        Assert.Equal(expected, model.Transform(divided).GetColumn<float[]>("Score"));
        using PredictionEngine<FloatInput, Output> engine = context.Model.CreatePredictionEngine<FloatInput, Output>(
            model.Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(model.Transform(rows))));
        for (int row = 0; row < 20; row++)
        {
            float[] image = [.. Digits.Rows(row, 1).Image(0).ToArray().Select(pixel => (float)pixel)];
            Assert.Equal(expected[row], engine.Predict(new FloatInput { Pixels = image }).Score);
            Assert.Equal(expected[row], engine.Predict(new FloatInput { Pixels = [.. image.Select(pixel => pixel / 255)] }).Score);
        }
    }

    [Theory]
    [InlineData(256, "256")]
    [InlineData(-1, "-1")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(0.3f, "0.3")]
    public void A_float_that_is_no_pixel_is_told(float value, string text)
    {
        var second = new FloatInput();
        second.Pixels[100] = 200;
        second.Pixels[5] = value;
        IDataView rows = context.Data.LoadFromEnumerable([new FloatInput(), second]);
        Assert.Equal(
            $"Row 2 of column \"Pixels\" has {text} in slot 5; pixels are whole numbers from 0 to 255, or such numbers divided by 255, the same in all rows; leave any other normalisation to the recipe.",
            Assert.Throws<DigitMLException>(() => model.Transform(rows).GetColumn<float[]>("Score").Count()).Message);
    }

    [Theory]
    [InlineData(27, 28, "Column \"Pixels\" has 756 values per row, which is not an image of 28x28; correct ImageHeight and ImageWidth in the options.")]
    public void Images_of_another_size_are_told(int height, int width, string message)
    {
        var rows = new DigitDataset("small", height, width, new byte[height * width], [0], new LabelMap(["0"]));
        Assert.Equal(message, Assert.Throws<DigitMLException>(() => model.Transform(context.Data.LoadDigits(rows))).Message);
    }

    public void Dispose()
    {
        classifier.Dispose();
        model.Dispose();
    }

    private float[] Scores(DigitDataset rows)
    {
        var scores = new float[rows.Count * 10];
        classifier.PredictBatch(rows.Pixels, rows.Count, scores);
        return scores;
    }

    private sealed class FloatInput
    {
        [VectorType(784)]
        public float[] Pixels { get; set; } = new float[784];
    }

    private sealed class Labelled
    {
        public string Label { get; set; } = "";
    }
}
