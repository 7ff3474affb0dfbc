using System.Text.Json;
using DigitML.Engine;

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
        PixelsRequest? request;
        try
        {
            request = JsonSerializer.Deserialize<PixelsRequest>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException failure)
        {
            throw new DigitMLException(failure.Message, failure);
        }

        if (request?.Pixels is not { } pixels) throw new DigitMLException($"The body has no \"pixels\"; it must be {{\"pixels\": [{count} numbers from 0 to 255]}}.");
        if (pixels.Length != count) throw new DigitMLException($"pixels has {pixels.Length} numbers; an image has {count}, {height} rows of {width}.");
        int wrong = Array.FindIndex(pixels, pixel => pixel is not (>= 0 and <= 255));
        return wrong < 0 ? pixels : throw new DigitMLException($"pixels[{wrong}] is {pixels[wrong]}; a pixel is from 0 to 255.");
    }
}
