using DigitML.Engine.Datasets;
using DigitML.Model.Images;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet.Tests;

public class DigitImagesTests
{
    private readonly MLContext context = new(seed: 1);

    [Fact]
    public void Digits_become_pictures_of_the_same_pixels()
    {
        DigitDataset digits = Digits.Rows(0, 20);
        IDataView view = context.Data.LoadDigitImages(digits);
        Assert.True(view.Schema["Image"].Type is VectorDataViewType { IsKnownSize: false } type && type.ItemType == NumberDataViewType.Byte);
        Assert.Equal(digits.Labels.Select(key => digits.LabelMap[key]), view.GetColumn<string>("Label"));
        byte[][] images = [.. view.GetColumn<byte[]>("Image")];
        for (int row = 0; row < digits.Count; row++)
        {
            using var stream = new MemoryStream(images[row]);
            var picture = DigitImage.Load(stream);
            Assert.Equal((28, 28), (picture.Height, picture.Width));
            Assert.Equal(digits.Image(row).ToArray(), picture.Pixels);
        }
    }

    [Fact]
    public void A_file_becomes_pictures() =>
        Assert.Equal(context.Data.LoadDigitImages(Digits.Rows(0, 3)).GetColumn<byte[]>("Image"), context.Data.LoadDigitImages(Digits.TestFile).GetColumn<byte[]>("Image").Take(3));
}
