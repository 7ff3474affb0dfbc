namespace DigitML.Model.Images;

/// <summary>The amount of ink on each pixel of a picture, 0 or more, whatever its colours.</summary>
internal static class InkMap
{
    // Ink must stand out from the noise of the border, and must not be just a shadow of the darkest stroke.
    private const double NoiseFactor = 2, LeastShare = 0.06, MostShare = 0.5;

    /// <summary>
    /// The ink of a picture; null if it has less than the least contrast. The background is the border's median; ink is what is darker than it, or
    /// lighter, whichever differs more.
    /// </summary>
    internal static float[]? Of(DigitImage picture, int leastContrast)
    {
        int background = BorderLevel(picture);
        int darker = background - picture.Pixels.Min(), lighter = picture.Pixels.Max() - background;
        int contrast = Math.Max(darker, lighter), sign = darker > lighter ? -1 : 1;
        if (contrast < leastContrast) return null;
        byte[] border = Border(picture);
        double noise = border.Select(level => sign * (level - background)).Order().ElementAt(border.Length * 9 / 10);
        double threshold = Math.Clamp(NoiseFactor * noise, LeastShare * contrast, MostShare * contrast);
        var ink = new float[picture.Pixels.Length];
        for (int i = 0; i < ink.Length; i++)
        {
            int level = sign * (picture.Pixels[i] - background);
            ink[i] = level >= threshold ? level : 0;
        }

        return ink;
    }

    /// <summary>The median of the outermost rows and columns.</summary>
    internal static int BorderLevel(DigitImage picture)
    {
        byte[] border = Border(picture);
        Array.Sort(border);
        return border[border.Length / 2];
    }

    /// <summary>Erases every connected patch that has less than a given share of the largest patch's ink.</summary>
    internal static void RemoveDust(float[] ink, int height, int width, double share)
    {
        var patches = new int[ink.Length];
        List<double> masses = [0];
        Stack<int> open = [];
        for (int start = 0; start < ink.Length; start++)
        {
            if (ink[start] == 0 || patches[start] != 0) continue;
            double mass = 0;
            patches[start] = masses.Count;
            open.Push(start);
            while (open.TryPop(out int at))
            {
                mass += ink[at];
                for (int y = Math.Max(at / width - 1, 0); y <= Math.Min(at / width + 1, height - 1); y++)
                {
                    for (int x = Math.Max(at % width - 1, 0); x <= Math.Min(at % width + 1, width - 1); x++)
                    {
                        int next = y * width + x;
                        if (ink[next] == 0 || patches[next] != 0) continue;
                        patches[next] = masses.Count;
                        open.Push(next);
                    }
                }
            }

            masses.Add(mass);
        }

        double least = share * masses.Max();
        for (int i = 0; i < ink.Length; i++)
        {
            if (masses[patches[i]] < least) ink[i] = 0;
        }
    }

    private static byte[] Border(DigitImage picture)
    {
        List<byte> border = [.. picture.Pixels.AsSpan(0, picture.Width), .. picture.Pixels.AsSpan((picture.Height - 1) * picture.Width)];
        for (int y = 1; y < picture.Height - 1; y++)
        {
            border.Add(picture.Pixels[y * picture.Width]);
            border.Add(picture.Pixels[y * picture.Width + picture.Width - 1]);
        }

        return [.. border];
    }
}
