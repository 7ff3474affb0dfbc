using DigitML.Data.Sources;
using DigitML.Engine;
using DigitML.Model.Files;
using DigitML.Model.Images;

namespace DigitML.Data.Pictures;

/// <summary>
/// The pictures of a folder or an archive, one per row. The label of a picture is the name of the folder that it is in, as in Keras and fastai; pictures without such
/// folders have none.
/// </summary>
internal sealed class PictureSet
{
    private static readonly string[] TrainWords = ["train", "training"], TestWords = ["test", "testing", "val", "valid", "validation"];
    private static readonly string[] PlainWords = [.. TrainWords, .. TestWords, "images", "image", "imgs", "img", "pictures", "data"];

    private PictureSet(FileTree tree, string root, string[] files, bool isLabelled, IReadOnlyList<string> leftOut) =>
        (Tree, Root, Files, IsLabelled, LeftOut) = (tree, root, files, isLabelled, leftOut);

    /// <summary>The folder or the archive.</summary>
    public FileTree Tree { get; }

    /// <summary>The folder in it whose pictures these are: empty, or with a slash at its end.</summary>
    public string Root { get; }

    /// <summary>The names of the pictures in the tree, in their order.</summary>
    public string[] Files { get; }

    /// <summary>True if the pictures are in folders that are named after their labels.</summary>
    public bool IsLabelled { get; }

    /// <summary>What is left out, for the user.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>What the set is called in messages, and as the user can name it.</summary>
    public string Name => Tree.NameOf(Root.TrimEnd('/'));

    /// <summary>Finds the pictures of a path; null if it names a file that is not an archive of pictures.</summary>
    /// <param name="path">A folder, an archive, or a folder in an archive: <c>digits.zip:train</c>.</param>
    /// <param name="part">"train" or "test": of folders with such names, the one whose pictures are wanted.</param>
    /// <exception cref="DigitMLException">A folder holds no pictures, or the archive is damaged.</exception>
    public static PictureSet? Find(string path, string part)
    {
        if (Directory.Exists(path)) return InFolder(path, part);
        (string file, string? entry) = DataFile.Split(path);
        DataFile whole = DataFile.Whole(file);
        if (!whole.IsInArchive) return null;
        var tree = new ArchiveTree(whole, DigitImageLimits.Default.MaxBytes);
        IReadOnlyList<string> files = tree.Files();
        string root = entry is null ? "" : entry.TrimEnd('/') + "/";
        string[] inRoot = [.. files.Where(name => name.StartsWith(root, StringComparison.Ordinal))], pictures = [.. inRoot.Where(PictureName.IsPicture)];
        return pictures.Length == 0 || inRoot.Any(PictureName.IsData) ? null : Of(tree, root, pictures, inRoot.Length, part, Path.GetFileNameWithoutExtension(file));
    }

    /// <summary>All pictures of a folder, whichever part of them is read.</summary>
    /// <exception cref="DigitMLException">The folder cannot be read, or holds no pictures.</exception>
    public static IEnumerable<(string File, byte[] Content)> AllIn(string folder)
    {
        var tree = new DiskTree(folder, DigitImageLimits.Default.MaxBytes);
        foreach (string file in Pictures(tree, tree.Files())) yield return (file, InputFile.Read(tree.NameOf(file), DigitImageLimits.Default.MaxBytes));
    }

    private static PictureSet InFolder(string path, string part)
    {
        var tree = new DiskTree(Path.GetPathRoot(path) == path ? path : Path.TrimEndingDirectorySeparator(path), DigitImageLimits.Default.MaxBytes);
        IReadOnlyList<string> files = tree.Files();
        return Of(tree, "", Pictures(tree, files), files.Count, part, "");
    }

    private static string[] Pictures(FileTree tree, IReadOnlyList<string> files)
    {
        string[] pictures = [.. files.Where(PictureName.IsPicture).Order(NaturalPathOrder.Instance)];
        if (pictures.Length > 0) return pictures;
        string? data = files.Where(PictureName.IsData).Order(NaturalPathOrder.Instance).FirstOrDefault();
        throw new DigitMLException(data is null
            ? $"{tree.Path} is a folder without pictures (PNG, JPEG, BMP, PGM, PPM); name a folder that holds some, or a file of rows."
            : $"{tree.Path} is a folder of files, not of pictures; name a file in it, such as {tree.NameOf(data)}.");
    }

    private static PictureSet Of(FileTree tree, string root, string[] pictures, int files, string part, string archive)
    {
        int others = files - pictures.Length;
        while (true)
        {
            string[] folders = [.. pictures.Select(file => file[root.Length..]).Where(file => file.Contains('/', StringComparison.Ordinal)).Select(file => file[..file.IndexOf('/', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal)];
            string? chosen = folders.Intersect(part == "test" ? TestWords : TrainWords, StringComparer.OrdinalIgnoreCase).FirstOrDefault();
            if (chosen is null && folders is [var only] && IsAround(only)) chosen = only;
            if (chosen is null) break;
            root += chosen + "/";
            pictures = [.. pictures.Where(file => file.StartsWith(root, StringComparison.Ordinal))];
        }

        string[] labelled = [.. pictures.Where(file => file.AsSpan(root.Length).Contains('/'))];
        bool isLabelled = labelled.Length > 0;
        int outside = isLabelled ? pictures.Length - labelled.Length : 0;
        var leftOut = new List<string>();
        if (outside > 0) leftOut.Add($"{DisplayText.Count(outside, "picture")} outside the folders of labels");
        if (others > 0) leftOut.Add($"{DisplayText.Count(others, "file")} other than PNG, JPEG, BMP, PGM and PPM");
        return new PictureSet(tree, root, [.. (isLabelled ? labelled : pictures).Order(NaturalPathOrder.Instance)], isLabelled, leftOut);

        // A folder that all pictures are in is no label if it holds other folders or has a name that labels do not have.
        bool IsAround(string folder)
        {
            int start = root.Length + folder.Length + 1;
            return pictures.All(file => file.AsSpan(root.Length).Contains('/'))
                && (pictures.All(file => file.AsSpan(start).Contains('/')) || PlainWords.Contains(folder, StringComparer.OrdinalIgnoreCase) || folder == archive || folder == ".");
        }
    }
}
