using DigitML.Data.Layouts;
using DigitML.Data.Rows;
using DigitML.Engine;

namespace DigitML.Data.Pictures;

/// <summary>Reads the pictures of a folder or an archive as rows.</summary>
internal static class PictureReader
{
    /// <summary>The rows of a set.</summary>
    /// <exception cref="DigitMLException">A picture cannot be read, or is blank where it has to be prepared.</exception>
    public static FileRows Read(PictureSet set, FileLayout layout, RowNeeds needs)
    {
        var stack = new PictureStack(set.Name, set.Files.Length, layout, needs);
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string file in set.Files) rows.Add(file, rows.Count);
        set.Tree.Read(set.Files, group => stack.Add([.. group.Select(content => new EncodedPicture(rows[content.File], set.Tree.NameOf(content.File), content.Read))]));
        StackedPictures pictures = stack.ToRows();
        LabelTexts? labels = set.IsLabelled ? new LabelTexts() : null;
        foreach (string file in set.Files) labels?.Add(PictureName.FolderOf(file));
        return new FileRows
        {
            Path = set.Name,
            Format = "pictures",
            Pixels = pictures.Pixels,
            Shape = pictures.Shape,
            Labels = labels,
            LabelPlace = "name of the folder",
            LabelAdvice = "put the pictures of each class into a folder named after it",
            Ids = new RowIds("id", [.. set.Files.Select(file => file[set.Root.Length..])]),
            IdPlace = "names of the files",
            LeftOut = set.LeftOut,
            Notes = pictures.Notes,
            PlaceOf = row => set.Tree.NameOf(set.Files[row]),
        };
    }
}
