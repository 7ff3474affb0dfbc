using DigitML.Engine.Datasets;
using DigitML.Model.Images;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet.Tests;

public class DigitImagesTests
{
    private readonly MLContext context = new(seed: 1);

    [Fact]
    public void Digits_become_pictures_of_the_same_pixels_also_from_a_loaded_zip()
    {
        DigitDataset digits = Digits.Rows(0, 20);
        IDataView rows = context.Data.LoadDigits(digits);
        using var zip = new MemoryStream();
        context.Model.Save(context.Transforms.EncodeDigitImages().Fit(rows), rows.Schema, zip);
        zip.Position = 0;
        var other = new MLContext();
        other.ComponentCatalog.RegisterAssembly(typeof(DigitImages).Assembly);
        IDataView view = other.Model.Load(zip, out _).Transform(rows);
        Assert.True(view.Schema["Image"].Type is VectorDataViewType { IsKnownSize: false } type && type.ItemType == NumberDataViewType.Byte);
        byte[][] images = [.. view.GetColumn<byte[]>("Image")];
        for (int row = 0; row < digits.Count; row++)
        {
            using var stream = new MemoryStream(images[row]);
            var picture = DigitImage.Load(stream);
            Assert.Equal((28, 28), (picture.Height, picture.Width));
            Assert.Equal(digits.Image(row).ToArray(), picture.Pixels);
        }
    }
}
