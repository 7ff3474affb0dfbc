using DigitML.Data.Layouts;
using DigitML.Data.Rows;
using DigitML.Engine;
using DigitML.Model.Images;

namespace DigitML.Data.Pictures;

/// <summary>
/// Pictures that become rows of one size. Small ones of one size are taken pixel by pixel; others are prepared as those that are predicted one by one, and only what comes
/// of that is kept.
/// </summary>
internal sealed class PictureStack
{
    private const int LargestSide = 64, DefaultSide = 28;

    private readonly string path;
    private readonly int height, width;
    private readonly bool isSizeNeeded;
    private readonly CancellationToken cancellation;
    private readonly DigitImage[] pictures;
    private readonly (int Height, int Width)[] sizes;

    /// <param name="path">What holds the pictures, for messages.</param>
    /// <param name="count">Number of pictures.</param>
    /// <param name="layout">The size to prepare them to, if it is said.</param>
    /// <param name="needs">The size that is needed or usual.</param>
    public PictureStack(string path, int count, FileLayout layout, RowNeeds needs)
    {
        this.path = path;
        isSizeNeeded = (layout.Height ?? needs.Height) is not null && (layout.Width ?? needs.Width) is not null;
        (height, width) = (layout.Height ?? needs.Height ?? needs.UsualSize?.Height ?? DefaultSide, layout.Width ?? needs.Width ?? needs.UsualSize?.Width ?? DefaultSide);
        cancellation = needs.Cancellation;
        pictures = new DigitImage[count];
        sizes = new (int, int)[count];
    }

    /// <summary>Reads some pictures, on all processors.</summary>
    /// <exception cref="DigitMLException">One cannot be read; of several, the first.</exception>
    public void Add(IReadOnlyList<EncodedPicture> group) => InParallel(group.Count, i => Add(group[i]));

    /// <summary>The rows, once every picture was added.</summary>
    /// <exception cref="DigitMLException">A picture that has to be prepared is blank.</exception>
    public StackedPictures ToRows()
    {
        bool isOneSize = Array.TrueForAll(sizes, size => size == sizes[0]);
        bool areKept = isOneSize && IsSmall(sizes[0]) && (!isSizeNeeded || sizes[0] == (height, width));
        if (!areKept) InParallel(pictures.Length, i => pictures[i] = IsSmall(sizes[i]) ? Prepared(pictures[i]) : pictures[i]);
        var shape = new ImageShape(pictures[0].Height, pictures[0].Width);
        var pixels = new PixelStore(path, shape.Height * shape.Width);
        for (int i = 0; i < pictures.Length; i++)
        {
            pictures[i].Pixels.CopyTo(pixels.AddBytes());
            pictures[i] = null!;
        }

        string had = isOneSize ? $"pictures of {sizes[0].Height}x{sizes[0].Width}" : "pictures of several sizes";
        return new StackedPictures(pixels, shape, areKept ? [] : [$"{had}, prepared to {height}x{width} as predict --image does"]);
    }

    private static bool IsSmall((int Height, int Width) size) => Math.Max(size.Height, size.Width) <= LargestSide;

    private void Add(EncodedPicture encoded)
    {
        DigitImage picture = Readable(() => ImageFormat.Read(encoded.Name, encoded.Read(), DigitImageLimits.Default, cancellation));
        sizes[encoded.Row] = (picture.Height, picture.Width);
        pictures[encoded.Row] = IsSmall(sizes[encoded.Row]) ? picture : Prepared(picture);
    }

    private DigitImage Prepared(DigitImage picture) => Readable(() => DigitPreparation.Prepare(picture, height, width, cancellation));

    private static DigitImage Readable(Func<DigitImage> read)
    {
        try
        {
            return read();
        }
        catch (DigitMLException failure)
        {
            throw new DigitMLException($"{failure.Message} Remove or repair it.", failure);
        }
    }

    // The first failure by place, whichever thread came upon one first.
    private void InParallel(int count, Action<int> work)
    {
        var failures = new DigitMLException?[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                work(i);
            }
            catch (DigitMLException failure)
            {
                failures[i] = failure;
            }
        });
        if (Array.Find(failures, failure => failure is not null) is { } first) throw first;
    }
}

/// <summary>A picture as it is stored.</summary>
/// <param name="Row">The row that it becomes.</param>
/// <param name="Name">For messages.</param>
/// <param name="Read">Reads its bytes.</param>
internal sealed record EncodedPicture(int Row, string Name, Func<byte[]> Read);

/// <summary>Pictures as rows.</summary>
/// <param name="Pixels">One row per picture.</param>
/// <param name="Shape">The size of an image.</param>
/// <param name="Notes">What was done to the pictures, for the user.</param>
internal sealed record StackedPictures(PixelStore Pixels, ImageShape Shape, IReadOnlyList<string> Notes);
