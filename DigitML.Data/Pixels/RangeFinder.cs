using System.Globalization;
using DigitML.Data.Layouts;
using DigitML.Data.Rows;
using DigitML.Engine;

namespace DigitML.Data.Pixels;

/// <summary>Finds the range of the pixels of a file: the values of background and ink.</summary>
/// <param name="rows">The rows.</param>
/// <param name="values">Their values.</param>
/// <param name="needs">What they are for.</param>
internal sealed class RangeFinder(FileRows rows, ValueCounts values, RowNeeds needs)
{
    private const double Rounding = 1e-3;
    private const int FewRows = 20;

    private static readonly PixelRange Unit = new(0, 1), Sixteen = new(0, 16), Symmetric = new(-1, 1), Centred = new(-0.5, 0.5), Signed = new(-128, 127), Words = new(0, 65535);

    /// <summary>The range that the layout says or the values show.</summary>
    /// <exception cref="DigitMLException">The values show none, or do not keep to what the layout says.</exception>
    public PixelRange Find(FileLayout layout)
    {
        if (layout.PixelScale is not { } said) return Found() ?? throw Unknown();
        double slack = Rounding * (said.Maximum - said.Minimum);
        if (values.Minimum >= said.Minimum - slack && values.Maximum <= said.Maximum + slack) return said;
        throw new DigitMLException($"{Extreme(values.Maximum > said.Maximum + slack)}, which is not in the range {said} of --pixel-scale; correct it, or say another range.");
    }

    private PixelRange? Found() => values switch
    {
        { Minimum: 0, Maximum: 0 } => PixelRange.Bytes,
        { Minimum: < 0 } => FoundWithNegatives(),
        { Maximum: <= 1 + Rounding } => Unit,
        { Maximum: > 255 + Rounding, AreWhole: true } => values.Maximum is > 32767 and <= 65535 ? Words : null,
        { Maximum: > 255 + 255 * Rounding } => null,
        { Maximum: > 127 } => PixelRange.Bytes,
        _ when IsLikeTraining(out PixelRange training) => training,
        { IsSaturated: true } => new PixelRange(0, values.Maximum),
        { Maximum: >= 12 and <= 16 } => Sixteen,
        _ => null,
    };

    private PixelRange? FoundWithNegatives() => values switch
    {
        { Minimum: >= -1 - Rounding, Maximum: <= 1 + Rounding } => values.Minimum >= -0.5 - Rounding && values.Maximum <= 0.5 + Rounding ? Centred : Symmetric,
        { AreWhole: true, Minimum: >= -128 and < -64, Maximum: <= 127 } => Signed,
        _ => null,
    };

    // A few rows need not have the brightest pixel of their range.
    private bool IsLikeTraining(out PixelRange range)
    {
        range = needs.Range ?? default;
        return needs.Range is { Minimum: 0 } && values.Maximum <= range.Maximum && (values.Maximum > range.Maximum / 2 || rows.Pixels.Count < FewRows && values.Maximum > range.Maximum / 8);
    }

    private DigitMLException Unknown()
    {
        bool isTooLarge = values.Maximum > 255;
        if (isTooLarge || values.Minimum < 0)
        {
            return new DigitMLException($"{Extreme(isTooLarge)}; pixels are 0 to 255, 0 to 1, -1 to 1 or 0 to 16. Correct it, or say the range: --pixel-scale {Text(Math.Min(values.Minimum, 0))}..{Text(values.Maximum)}.");
        }

        return new DigitMLException($"{rows.Path}: its pixels are {Text(values.Minimum)} to {Text(values.Maximum)}, which does not tell their range; say which value is ink: --pixel-scale {Text(values.Maximum)}, or --pixel-scale 255.");
    }

    private string Extreme(bool isLargest)
    {
        double extreme = isLargest ? values.Maximum : values.Minimum;
        for (int row = 0; row < rows.Pixels.Count; row++)
        {
            for (int pixel = 0; pixel < rows.Pixels.RowSize; pixel++)
            {
                if (rows.Pixels.Value(row, pixel) == extreme) return $"{rows.PlaceOf(row)}: {rows.NameOf(pixel)} is {Text(extreme)}";
            }
        }

        return $"{rows.Path} has a pixel of {Text(extreme)}";
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
