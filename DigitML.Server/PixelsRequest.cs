using System.Text.Json;
using DigitML.Engine;
using DigitML.Model;

namespace DigitML.Server;

/// <summary>An image as numbers.</summary>
/// <param name="Pixels">0 (background) to 255 (ink), row by row from the top left.</param>
internal sealed record PixelsRequest(float[]? Pixels)
{
    /// <summary>Reads the pixels of a JSON body for a model.</summary>
    /// <exception cref="DigitMLException">The body is not JSON of that form, or one of its numbers is out of range.</exception>
    internal static float[] Read(Stream body, int height, int width)
    {
        int count = height * width;
        string form = $"it must be {{\"pixels\": [{count} numbers from 0 to 255]}}.";
        float[] pixels = Parse(body, form) ?? throw new DigitMLException($"The body has no \"pixels\"; {form}");
        if (pixels.Length != count) throw new DigitMLException($"pixels has {pixels.Length} numbers; an image has {count}, {height} rows of {width}.");
        int wrong = FloatImage.IndexOfWrong(pixels);
        if (wrong >= 0) throw new DigitMLException($"pixels[{wrong}] is {pixels[wrong]}; a pixel is from 0 to 255.");
        return !FloatImage.IsFrom0To1(pixels) ? pixels : throw new DigitMLException("No pixel is above 1; pixels must be from 0 (background) to 255 (ink): multiply them by 255.");
    }

    // The parser's messages name .NET types.
    private static float[]? Parse(Stream body, string form)
    {
        try
        {
            return JsonSerializer.Deserialize<PixelsRequest>(body, JsonSerializerOptions.Web)?.Pixels;
        }
        catch (JsonException failure)
        {
            throw new DigitMLException($"The body is not valid; {form}", failure);
        }
    }
}
