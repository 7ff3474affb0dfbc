using DigitML.Data.Layouts;
using DigitML.Data.Rows;
using DigitML.Data.Sources;
using DigitML.Engine;
using DigitML.Model.Images;

namespace DigitML.Data.Pictures;

/// <summary>
/// Reads pictures as rows. Small ones of one size are taken pixel by pixel; others are prepared as those that are predicted one by one, and only what comes of that is kept.
/// </summary>
internal sealed class PictureReader
{
    private const int LargestSide = 64, DefaultSide = 28;

    private readonly PictureSet set;
    private readonly int height, width;
    private readonly bool isSizeNeeded;
    private readonly CancellationToken cancellation;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly DigitImage[] pictures;
    private readonly (int Height, int Width)[] sizes;

    private PictureReader(PictureSet set, FileLayout layout, RowNeeds needs)
    {
        this.set = set;
        isSizeNeeded = (layout.Height ?? needs.Height) is not null && (layout.Width ?? needs.Width) is not null;
        (height, width) = (layout.Height ?? needs.Height ?? needs.UsualSize?.Height ?? DefaultSide, layout.Width ?? needs.Width ?? needs.UsualSize?.Width ?? DefaultSide);
        cancellation = needs.Cancellation;
        foreach (string file in set.Files) places.Add(file, places.Count);
        pictures = new DigitImage[places.Count];
        sizes = new (int, int)[places.Count];
    }

    /// <summary>The rows of a set.</summary>
    /// <exception cref="DigitMLException">A picture cannot be read, or is blank where it has to be prepared.</exception>
    public static FileRows Read(PictureSet set, FileLayout layout, RowNeeds needs) => new PictureReader(set, layout, needs).Read();

    private FileRows Read()
    {
        set.Tree.Read(set.Files, group => InParallel(group.Count, i => Add(group[i])));
        bool isOneSize = Array.TrueForAll(sizes, size => size == sizes[0]);
        bool areKept = isOneSize && IsSmall(sizes[0]) && (!isSizeNeeded || sizes[0] == (height, width));
        if (!areKept) InParallel(pictures.Length, i => pictures[i] = IsSmall(sizes[i]) ? Prepared(pictures[i]) : pictures[i]);
        (int rowHeight, int rowWidth) = (pictures[0].Height, pictures[0].Width);
        var pixels = new PixelStore(set.Name, rowHeight * rowWidth);
        for (int i = 0; i < pictures.Length; i++)
        {
            pictures[i].Pixels.CopyTo(pixels.AddBytes());
            pictures[i] = null!;
        }

        LabelTexts? labels = set.IsLabelled ? new LabelTexts() : null;
        foreach (string file in set.IsLabelled ? set.Files : []) labels!.Add(PictureName.FolderOf(file));
        string had = isOneSize ? $"pictures of {sizes[0].Height}x{sizes[0].Width}" : "pictures of several sizes";
        return new FileRows
        {
            Path = set.Name,
            Format = "pictures",
            Pixels = pixels,
            Shape = new ImageShape(rowHeight, rowWidth),
            Labels = labels,
            LabelPlace = "name of the folder",
            LabelAdvice = "put the pictures of each class into a folder named after it",
            Ids = new RowIds("id", [.. set.Files.Select(file => file[set.Root.Length..])]),
            IdPlace = "names of the files",
            LeftOut = set.LeftOut,
            Notes = areKept ? [] : [$"{had}, prepared to {height}x{width} as predict --image does"],
            PlaceOf = row => set.Tree.NameOf(set.Files[row]),
        };
    }

    private static bool IsSmall((int Height, int Width) size) => Math.Max(size.Height, size.Width) <= LargestSide;

    private void Add(FileContent content)
    {
        string name = set.Tree.NameOf(content.File);
        int place = places[content.File];
        DigitImage picture = Readable(() => ImageFormat.Read(name, content.Read(), DigitImageLimits.Default, cancellation));
        sizes[place] = (picture.Height, picture.Width);
        pictures[place] = IsSmall(sizes[place]) ? picture : Prepared(picture);
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
