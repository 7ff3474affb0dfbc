using SkiaSharp;

namespace DigitML.Benchmarks;

/// <summary>Draws the packages' icon: a seven of one stroke, and the 3x3 window of a convolution on it. The unit is a pixel of a 28x28 image.</summary>
internal static class PackageIcon
{
    private const int Side = 128;
    private const float ImageSide = 28;

    private static readonly SKColor Ground = new(0x14, 0x23, 0x3c), Ink = SKColors.White, Window = new(0xf5, 0xa6, 0x23);

    private static string File => Path.Combine(ResultFiles.Project, "..", "docs", "pictures", "icon.png");

    internal static void Draw()
    {
        using var bitmap = new SKBitmap(Side, Side);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Transparent);
        canvas.Scale(Side / ImageSide);
        using var ground = new SKPaint { Color = Ground, IsAntialias = true };
        canvas.DrawRoundRect(0, 0, ImageSide, ImageSide, 5, 5, ground);

        using var ink = new SKPaint
        {
            Color = Ink, IsAntialias = true, IsStroke = true, StrokeWidth = 3.2f, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round,
        };
        using var seven = new SKPath();
        seven.MoveTo(7.5f, 7.5f);
        seven.LineTo(20, 7.5f);
        seven.CubicTo(17, 12, 13.5f, 15.5f, 12, 22);
        canvas.DrawPath(seven, ink);

        using var window = new SKPaint { Color = Window, IsAntialias = true, IsStroke = true, StrokeWidth = 0.7f };
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++) canvas.DrawRect(15.5f + column * 2.6f, 3.6f + row * 2.6f, 2.6f, 2.6f, window);
        }

        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        using FileStream file = System.IO.File.Create(File);
        png.SaveTo(file);
    }
}
