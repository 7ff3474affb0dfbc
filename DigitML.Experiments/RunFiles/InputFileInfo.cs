using DigitML.Data;
using DigitML.Engine;

namespace DigitML.Experiments.RunFiles;

/// <summary>A file, or a folder of pictures, that a run depends on.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hex; of a folder, as <see cref="InputChecksum"/> has it.</param>
/// <param name="Rows">Rows of a data file; null for a model.</param>
internal sealed record InputFileInfo(string Path, string Sha256, int? Rows = null)
{
    /// <summary>The details of a file as it is now.</summary>
    /// <exception cref="DigitMLException">It cannot be read.</exception>
    internal static InputFileInfo Of(string path, int? rows = null) => new(System.IO.Path.GetFullPath(path), InputChecksum.Of(path), rows);

    /// <summary>Throws if the file has changed.</summary>
    /// <exception cref="DigitMLException">It has changed or is gone.</exception>
    internal void Check()
    {
        string now = InputChecksum.Of(Path);
        if (now != Sha256)
        {
            throw new DigitMLException($"{Path} has changed since the run began (SHA-256 {now[..12]}..., then {Sha256[..12]}...); restore the old file or start a new run.");
        }
    }
}
