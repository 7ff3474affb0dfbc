namespace DigitML.Data.Layouts;

/// <summary>How the values of a row make an image.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">1 grey, 3 red, green, blue, 4 with opacity.</param>
/// <param name="IsPlanar">True if all values of a channel stand together.</param>
internal sealed record ImageShape(int Height, int Width, int Channels = 1, bool IsPlanar = false)
{
    /// <summary>Number of values.</summary>
    public long Values => (long)Height * Width * Channels;

    /// <summary>For messages: "28x28", "32x32x3".</summary>
    public override string ToString() => Channels == 1 ? $"{Height}x{Width}" : $"{Height}x{Width}x{Channels}";

    /// <summary>The side of a square of that many pixels; 0 if there is none.</summary>
    public static int SideOf(int count)
    {
        int side = (int)Math.Round(Math.Sqrt(Math.Max(count, 0)));
        return side * side == count ? side : 0;
    }
}
