using DigitML.Engine;
using DigitML.Model.Images;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace DigitML.MLNet;

/// <summary>Encodes digits as pictures in memory, for ML.NET's image classification.</summary>
public static class DigitImages
{
    /// <summary>The name of the column of pictures.</summary>
    public const string ImageColumn = "Image";

    /// <summary>
    /// Encodes each digit as the bytes of a grey PNG, the input of <c>ImageClassification</c>; no file is written. The step is saved with a pipeline if the column names are
    /// the defaults.
    /// </summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="outputColumnName">The column of pictures to write: a vector of Byte.</param>
    /// <param name="inputColumnName">The column of pixels: a vector of Byte, one per pixel of a square image.</param>
    public static IEstimator<ITransformer> EncodeDigitImages(
        this TransformsCatalog transforms, string outputColumnName = ImageColumn, string inputColumnName = DigitData.PixelsColumn)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        SchemaDefinition input = SchemaDefinition.Create(typeof(Pixels)), output = SchemaDefinition.Create(typeof(Picture));
        input[DigitData.PixelsColumn].ColumnName = inputColumnName;
        output[ImageColumn].ColumnName = outputColumnName;
        return transforms.CustomMapping(new Encoder().GetMapping(), Encoder.Contract, input, output);
    }

    private static byte[] Png(byte[] pixels)
    {
        int side = (int)Math.Sqrt(pixels.Length);
        if (side * side != pixels.Length || side == 0) throw new DigitMLException($"An image has {pixels.Length} pixels, which is not a square; image classification needs square images.");
        using var stream = new MemoryStream();
        new DigitImage(side, side, pixels).SavePng(stream);
        return stream.ToArray();
    }

    [CustomMappingFactoryAttribute(Contract)]
    private sealed class Encoder : CustomMappingFactory<Pixels, Picture>
    {
        internal const string Contract = "DigitML.EncodeDigitImages";

        public override Action<Pixels, Picture> GetMapping() => (pixels, picture) => picture.Image = Png(pixels.Values);
    }

    private sealed class Pixels
    {
        [ColumnName(DigitData.PixelsColumn)]
        public byte[] Values { get; set; } = [];
    }

    private sealed class Picture
    {
        [ColumnName(ImageColumn)]
        public byte[] Image { get; set; } = [];
    }
}
