using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Sources;

/// <summary>The files of a zip or tar archive.</summary>
/// <param name="archive">The archive.</param>
/// <param name="mostBytes">The largest file that is read.</param>
internal sealed class ArchiveTree(DataFile archive, long mostBytes) : FileTree(archive.Path)
{
    private const long GroupBytes = 1 << 25;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files() => archive.Entries();

    /// <inheritdoc/>
    public override string NameOf(string file) => file.Length == 0 ? Path : $"{Path}:{file}";

    /// <inheritdoc/>
    public override void Read(IReadOnlyCollection<string> files, Action<IReadOnlyList<FileContent>> read) => archive.ReadEntries(entries =>
    {
        var wanted = files.ToHashSet(StringComparer.Ordinal);
        var group = new List<FileContent>();
        long bytes = 0;
        foreach (ArchiveEntry entry in entries)
        {
            if (!wanted.Remove(entry.Name)) continue;
            using (Stream stream = entry.Open())
            {
                byte[] content = InputFile.Read(stream, NameOf(entry.Name), mostBytes);
                group.Add(new FileContent(entry.Name, () => content));
                bytes += content.Length;
            }

            if (group.Count < GroupSize && bytes < GroupBytes) continue;
            read(group);
            (group, bytes) = ([], 0);
        }

        if (group.Count > 0) read(group);
        return files.Count;
    });
}
