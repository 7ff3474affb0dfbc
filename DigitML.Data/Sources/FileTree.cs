using DigitML.Engine;

namespace DigitML.Data.Sources;

/// <summary>Files in folders: those of a folder of the disk, or those of an archive.</summary>
/// <param name="path">The folder or the archive, as the user named it.</param>
internal abstract class FileTree(string path)
{
    /// <summary>The files read together.</summary>
    protected const int GroupSize = 256;

    /// <summary>The folder or the archive, as the user named it.</summary>
    public string Path { get; } = path;

    /// <summary>The names of all files from this folder on, with a slash after each folder, in no order.</summary>
    /// <exception cref="DigitMLException">The folder cannot be read, or the archive is damaged.</exception>
    public abstract IReadOnlyList<string> Files();

    /// <summary>What a file, or a folder, is called in messages, and as the user can name it.</summary>
    public abstract string NameOf(string file);

    /// <summary>Reads files, some at a time, in any order.</summary>
    /// <param name="files">Their names.</param>
    /// <param name="read">Gets some files; it may read them on several threads.</param>
    /// <exception cref="DigitMLException">One of them cannot be read.</exception>
    public abstract void Read(IReadOnlyCollection<string> files, Action<IReadOnlyList<FileContent>> read);
}

/// <summary>A file of a tree and its content.</summary>
/// <param name="File">Its name in the tree.</param>
/// <param name="Read">Reads the content.</param>
internal sealed record FileContent(string File, Func<byte[]> Read);
