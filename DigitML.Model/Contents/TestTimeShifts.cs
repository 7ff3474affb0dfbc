using System.Collections.Immutable;

namespace DigitML.Model.Contents;

/// <summary>
/// The positions at which an image is scored: unshifted, and shifted up, down, left and right by a number of pixels. The gap is filled with zeros; the
/// scores of all positions have the same weight.
/// </summary>
internal static class TestTimeShifts
{
    /// <summary>The positions in the order in which they are scored; only the unshifted image if the shift is 0 pixels.</summary>
    internal static ImmutableArray<ImageShift> Positions(int pixels) => pixels == 0
        ? [default]
        : [default, new("up", -pixels, 0), new("down", pixels, 0), new("left", 0, -pixels), new("right", 0, pixels)];
}

/// <summary>One position.</summary>
/// <param name="Direction">The direction of the shift, for names.</param>
/// <param name="Down">Rows by which the image is shifted down; negative for up.</param>
/// <param name="Right">Columns by which the image is shifted to the right; negative for left.</param>
internal readonly record struct ImageShift(string Direction, int Down, int Right);
