namespace DigitML.Model.Images;

/// <summary>The smallest rectangle that holds all ink.</summary>
internal readonly record struct InkBox(int Top, int Left, int Height, int Width)
{
    /// <summary>The bounding box of the ink of an image that has some.</summary>
    internal static InkBox Of(float[] ink, int height, int width)
    {
        int top = height, bottom = -1, left = width, right = -1;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (ink[y * width + x] <= 0) continue;
                (top, bottom) = (Math.Min(top, y), y);
                (left, right) = (Math.Min(left, x), Math.Max(right, x));
            }
        }

        return new InkBox(top, left, bottom - top + 1, right - left + 1);
    }

    /// <summary>The mean row and column, weighted by ink.</summary>
    internal static (double Row, double Column) CentreOfMass(float[] ink, int height, int width)
    {
        double mass = 0, rows = 0, columns = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                mass += ink[y * width + x];
                rows += (double)y * ink[y * width + x];
                columns += (double)x * ink[y * width + x];
            }
        }

        return (rows / mass, columns / mass);
    }
}
