using DigitML.Engine;
using DigitML.Model;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace DigitML.MLNet;

/// <summary>A step that finds the value of full ink in an image of floats: 255, or 1 where pixels were divided by 255.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PixelScale : CustomMappingFactory<PixelScale.Image, PixelScale.Scale>
{
    internal const string Contract = "DigitML.PixelScale", PixelsColumn = "PixelsToScale", InkColumn = "FullInk";

    public override Action<Image, Scale> GetMapping() => (image, scale) => scale.Ink = FullInk(image.Pixels);

    // Whole numbers may be the bytes of an almost blank image.
    private static float FullInk(float[] pixels)
    {
        int wrong = FloatImage.IndexOfWrong(pixels);
        if (wrong >= 0) throw new DigitMLException($"An image has {pixels[wrong]:R} in slot {wrong}; a pixel must be a number from 0 to 255.");
        return FloatImage.IsFrom0To1(pixels) && !Array.TrueForAll(pixels, float.IsInteger) ? 1 : 255;
    }

    internal sealed class Image
    {
        [ColumnName(PixelsColumn)]
        public float[] Pixels { get; set; } = [];
    }

    internal sealed class Scale
    {
        [ColumnName(InkColumn)]
        public float Ink { get; set; }
    }
}
