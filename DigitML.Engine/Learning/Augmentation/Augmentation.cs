using DigitML.Engine.Datasets;
using DigitML.Engine.Randomness;

namespace DigitML.Engine.Learning;

/// <summary>
/// Random changes of training images, drawn anew for every row and epoch and determined by seed, epoch and row alone. Applied to the pixels
/// before they are normalised, around the middle of the image, with bilinear interpolation; what comes in from outside is background (0).
/// </summary>
/// <param name="ShiftPixels">Largest shift along each axis, in whole pixels; all whole numbers of pixels up to it, in both directions, are equally likely.</param>
/// <param name="RotationDegrees">Largest rotation in either direction.</param>
/// <param name="Zoom">Largest growth or shrinkage as a fraction, from 0 up to but not including 1: each axis is scaled by its own random factor in
/// 1 − zoom .. 1 + zoom.</param>
/// <param name="ShearDegrees">Largest slant in either direction, below 90.</param>
/// <param name="Probability">Chance that a row is changed at all, 0 .. 1.</param>
/// <param name="FinalEpochsWithout">Number of epochs at the end of the plan that use the images unchanged.</param>
/// <param name="ElasticPixels">Largest displacement of an elastic control point along each axis, in pixels; 0 for no elastic distortion. Pixels move about
/// half as far as their control points.</param>
/// <param name="ElasticSpacing">Pixels between elastic control points, 1 or more.</param>
/// <param name="ShiftFraction">Largest shift along each axis as a fraction of the image's side, on top of <paramref name="ShiftPixels"/>; all amounts up to it, in both
/// directions, are equally likely. Keras's width_shift_range and height_shift_range.</param>
public sealed record Augmentation(
    int ShiftPixels = 0, float RotationDegrees = 0, float Zoom = 0, float ShearDegrees = 0, float Probability = 1, int FinalEpochsWithout = 0,
    float ElasticPixels = 0, int ElasticSpacing = 7, float ShiftFraction = 0)
{
    /// <summary>Checks every value.</summary>
    /// <exception cref="DigitMLException">A value is outside its range; the message names it as in JSON.</exception>
    public void Validate()
    {
        if (ShiftPixels < 0) throw new DigitMLException($"augmentation.shiftPixels is {ShiftPixels}; it must be 0 or more.");
        if (RotationDegrees is not (>= 0 and <= 180))
        {
            throw new DigitMLException($"augmentation.rotationDegrees is {RotationDegrees:R}; it must be from 0 to 180.");
        }

        if (Zoom is not (>= 0 and < 1)) throw new DigitMLException($"augmentation.zoom is {Zoom:R}; it must be from 0 up to but not including 1.");
        if (ShearDegrees is not (>= 0 and < 90))
        {
            throw new DigitMLException($"augmentation.shearDegrees is {ShearDegrees:R}; it must be from 0 up to but not including 90.");
        }

        if (Probability is not (>= 0 and <= 1)) throw new DigitMLException($"augmentation.probability is {Probability:R}; it must be from 0 to 1.");
        if (FinalEpochsWithout < 0) throw new DigitMLException($"augmentation.finalEpochsWithout is {FinalEpochsWithout}; it must be 0 or more.");
        if (!(ElasticPixels >= 0 && float.IsFinite(ElasticPixels)))
        {
            throw new DigitMLException($"augmentation.elasticPixels is {ElasticPixels:R}; it must be 0 or more.");
        }

        if (ShiftFraction is not (>= 0 and <= 1)) throw new DigitMLException($"augmentation.shiftFraction is {ShiftFraction:R}; it must be from 0 to 1.");
        if (ElasticSpacing < 1) throw new DigitMLException($"augmentation.elasticSpacing is {ElasticSpacing}; it must be 1 or more.");
    }

    /// <summary>A row as a run with the given seed sees it in an augmented epoch.</summary>
    /// <param name="dataset">The training rows of the run.</param>
    /// <param name="row">Its index in the dataset.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <returns>Height x Width pixels.</returns>
    public byte[] Apply(DigitDataset dataset, int row, ulong seed, int epoch)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ReadOnlySpan<byte> image = dataset.Image(row);
        var augmented = new byte[image.Length];
        SeededRandom random = ImageAugmenter.RandomOf(seed, epoch, row);
        return new ImageAugmenter(this, dataset.Height, dataset.Width).Augment(image, augmented, ref random) ? augmented : image.ToArray();
    }
}
