namespace DigitML.Engine.Learning;

/// <summary>
/// Where each point of a new image comes from, relative to the middle of the images: source x = Xx · x + Xy · y + X0, source y = Yx · x + Yy · y
/// + Y0.
/// </summary>
internal readonly record struct AffineTransform(double Xx, double Xy, double X0, double Yx, double Yy, double Y0)
{
    /// <summary>
    /// The inverse of: scale each axis, slant (x ← x + slant · y), rotate by an angle in radians (clockwise on screen, as the y axis points down), shift.
    /// </summary>
    internal static AffineTransform Of(double angle, double slant, double zoomX, double zoomY, double shiftX, double shiftY)
    {
        double cos = Math.Cos(angle), sin = Math.Sin(angle);
        double yx = -sin / zoomY, yy = cos / zoomY;
        double xx = (cos + slant * sin) / zoomX, xy = (sin - slant * cos) / zoomX;
        return new AffineTransform(xx, xy, -(xx * shiftX + xy * shiftY), yx, yy, -(yx * shiftX + yy * shiftY));
    }
}
