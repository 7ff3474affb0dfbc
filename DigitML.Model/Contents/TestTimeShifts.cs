using System.Collections.Immutable;

namespace DigitML.Model.Contents;

/// <summary>
/// Where an image is moved to before it is scored: five positions, the image as it is and moved up, down, left and right by a number of pixels. Zeros come in; the
/// scores of all positions count alike.
/// </summary>
internal static class TestTimeShifts
{
    /// <summary>The positions in the order they are scored; the image as it is alone where it is moved by 0 pixels.</summary>
    internal static ImmutableArray<ImageShift> Positions(int pixels) => pixels == 0
        ? [default]
        : [default, new("up", -pixels, 0), new("down", pixels, 0), new("left", 0, -pixels), new("right", 0, pixels)];
}

/// <summary>One position.</summary>
/// <param name="Direction">Where the image is moved to, for names.</param>
/// <param name="Down">Rows it is moved down; below 0 is up.</param>
/// <param name="Right">Columns it is moved to the right; below 0 is to the left.</param>
internal readonly record struct ImageShift(string Direction, int Down, int Right);
