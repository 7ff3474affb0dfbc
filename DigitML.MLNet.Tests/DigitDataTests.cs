using DigitML.Engine;
using DigitML.Engine.Datasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet.Tests;

public class DigitDataTests
{
    private readonly MLContext context = new(seed: 1);

    [Fact]
    public void A_file_becomes_label_texts_and_pixels()
    {
        IDataView view = context.Data.LoadDigits(Digits.TestFile);
        Assert.Equal(784, ((VectorDataViewType)view.Schema["Pixels"].Type).Size);
        string[] labels = [.. view.GetColumn<string>("Label")];
        byte[][] pixels = [.. view.GetColumn<byte[]>("Pixels").Take(3)];
        DigitDataset expected = Digits.Rows(0, 10_000);
        Assert.Equal(expected.Labels.Select(key => expected.LabelMap[key]), labels);
        for (int row = 0; row < pixels.Length; row++) Assert.Equal(expected.Image(row).ToArray(), pixels[row]);
    }

    [Fact]
    public void Rows_without_labels_have_a_missing_text()
    {
        var rows = new DigitDataset("none", 2, 2, [1, 2, 3, 4], [DigitDataset.NoLabel], new LabelMap([]));
        Assert.Equal("", Assert.Single(context.Data.LoadDigits(rows).GetColumn<string>("Label")));
    }

    [Fact]
    public void A_bad_file_gets_the_readers_line()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "label,pixel0,pixel1,pixel2,pixel3\n7,0,0,256,0\n");
        string message = Assert.Throws<DigitMLException>(() => context.Data.LoadDigits(file)).Message;
        Assert.StartsWith($"{file}:2: ", message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void Normalised_pixels_are_0_to_1_and_the_step_is_saved_with_a_pipeline()
    {
        IDataView view = context.Data.LoadDigits(Digits.Rows(0, 5));
        ITransformer normalise = context.Transforms.NormalizeDigits("Features", "Pixels").Fit(view);
        using var zip = new MemoryStream();
        context.Model.Save(normalise, view.Schema, zip);
        zip.Position = 0;
        context.ComponentCatalog.RegisterAssembly(typeof(DigitData).Assembly);
        float[][] features = [.. context.Model.Load(zip, out _).Transform(view).GetColumn<float[]>("Features")];
        float[][] expected = [.. view.GetColumn<byte[]>("Pixels").Select(row => Array.ConvertAll(row, pixel => pixel / 255f))];
        Assert.Equal(expected, features);
        IDataView floats = context.Transforms.Conversion.ConvertType("Pixels", outputKind: DataKind.Single).Fit(view).Transform(view);
        Assert.Equal(expected, context.Transforms.NormalizeDigits("Features", "Pixels").Fit(floats).Transform(floats).GetColumn<float[]>("Features"));
        Assert.Equal(1, expected.Max(row => row.Max()));
    }
}
