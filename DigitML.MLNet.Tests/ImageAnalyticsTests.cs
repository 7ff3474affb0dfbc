using DigitML.Data.Recipes;
using DigitML.Engine.Datasets;
using DigitML.Model.Images;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DigitML.MLNet.Tests;

/// <summary>PNG files through ML.NET's own image steps.</summary>
public sealed class ImageAnalyticsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("digitml-png-").FullName;
    private readonly MLContext context = new(seed: 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pictures_become_the_pixels_of_the_rows_and_train_the_same_network(bool isDarkOnLight)
    {
        DigitDataset digits = Digits.Rows(0, 120);
        IDataView files = context.Data.LoadFromEnumerable(Enumerable.Range(0, digits.Count).Select(row => Write(digits, row, isDarkOnLight)).ToArray());
        IEstimator<ITransformer> extract = isDarkOnLight
            ? context.Transforms.ExtractPixels("Pixels", "Image", ImagePixelExtractingEstimator.ColorBits.Red, offsetImage: 255, scaleImage: -1)
            : context.Transforms.ExtractPixels("Pixels", "Image", ImagePixelExtractingEstimator.ColorBits.Red, outputAsFloatArray: false);
        var pipeline = context.Transforms.LoadImages("Image", folder, "File")
            .Append(context.Transforms.ConvertToGrayscale("Image"))
            .Append(context.Transforms.ResizeImages("Image", imageWidth: 28, imageHeight: 28))
            .Append(extract)
            .Append(context.Transforms.MapDigitLabels())
            .Append(context.MulticlassClassification.Trainers.DigitCnn(new DigitCnnOptions { Recipe = RecipeCatalog.Get("tiny"), Epochs = 1 }));
        TransformerChain<DigitCnnTransformer> model = pipeline.Fit(files);
        IDataView read = model.Transform(files);
        byte[][] pixels = isDarkOnLight
            ? [.. read.GetColumn<float[]>("Pixels").Select(image => Array.ConvertAll(image, pixel => (byte)pixel))]
            : [.. read.GetColumn<byte[]>("Pixels")];
        Assert.Equal(digits.Pixels, pixels.SelectMany(image => image));

        IDataView rows = context.Data.LoadDigits(digits);
        var plain = context.Transforms.MapDigitLabels().Append(context.MulticlassClassification.Trainers.DigitCnn(new DigitCnnOptions { Recipe = RecipeCatalog.Get("tiny"), Epochs = 1 })).Fit(rows);
        Assert.Equal(plain.LastTransformer.Model.ComputeSha256(), model.LastTransformer.Model.ComputeSha256());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Picture Write(DigitDataset digits, int row, bool isDarkOnLight)
    {
        byte[] pixels = digits.Image(row).ToArray();
        if (isDarkOnLight) pixels = Array.ConvertAll(pixels, pixel => (byte)(255 - pixel));
        using FileStream stream = File.Create(Path.Combine(folder, $"{row}.png"));
        new DigitImage(digits.Height, digits.Width, pixels).SavePng(stream);
        return new Picture { File = $"{row}.png", Label = digits.LabelMap[digits.Labels[row]] };
    }

    private sealed class Picture
    {
        public string File { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
