using System.IO.Enumeration;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Sources;

/// <summary>The files of a folder of the disk. Hidden folders are left out.</summary>
/// <param name="path">The folder.</param>
/// <param name="mostBytes">The largest file that is read.</param>
internal sealed class DiskTree(string path, long mostBytes) : FileTree(path)
{
    // Folders that link to one another have no end.
    private const int MostFolders = 8;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = MostFolders, AttributesToSkip = 0, IgnoreInaccessible = false };
        try
        {
            return [.. new FileSystemEnumerable<string>(Path, (ref FileSystemEntry entry) => System.IO.Path.GetRelativePath(Path, entry.ToFullPath()).Replace('\\', '/'), options)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
                ShouldRecursePredicate = (ref FileSystemEntry entry) => entry.FileName[0] != '.',
            }];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Failure(Path, failure);
        }
    }

    /// <inheritdoc/>
    public override string NameOf(string file) => System.IO.Path.Join(Path, file);

    /// <inheritdoc/>
    public override void Read(IReadOnlyCollection<string> files, Action<IReadOnlyList<FileContent>> read)
    {
        foreach (string[] group in files.Chunk(GroupSize)) read([.. group.Select(file => new FileContent(file, () => InputFile.Read(NameOf(file), mostBytes)))]);
    }
}
