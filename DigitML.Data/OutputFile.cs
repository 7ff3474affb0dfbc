using DigitML.Data.Pictures;
using DigitML.Data.Sources;
using DigitML.Engine;
using DigitML.Engine.Files;

namespace DigitML.Data;

/// <summary>Keeps a command from overwriting a file that it reads.</summary>
internal static class OutputFile
{
    /// <summary>Refuses an output file that is one of the input files, whatever spelling or link names it.</summary>
    /// <param name="option">The option that names the output file: "--out".</param>
    /// <param name="output">The output file; it need not exist.</param>
    /// <param name="inputs">The input files, or folders of pictures; null for none.</param>
    /// <exception cref="DigitMLException">It is one of them.</exception>
    public static void RefuseInput(string option, string output, params IEnumerable<string?> inputs)
    {
        foreach (string? input in inputs)
        {
            if (input is null || !(IsPictureIn(output, input) || AreOne(output, input))) continue;
            string problem = Directory.Exists(input) ? $"is a picture in {input}, which this command reads" : output == input ? "is read by this command and would be overwritten" : $"is the same file as {input}, which this command reads";
            throw new DigitMLException($"{output} {problem}; choose another {option}.");
        }
    }

    private static bool IsPictureIn(string path, string folder) => PictureName.IsPicture(Path.GetFileName(path)) && File.Exists(path) && Directory.Exists(folder)
        && FinalPath.Of(path).StartsWith(Path.TrimEndingDirectorySeparator(FinalPath.Of(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool AreOne(string path, string other)
    {
        if (!File.Exists(path) || !File.Exists(other)) return false;
        if (FileIdentity.Of(path) is { } identity && FileIdentity.Of(other) is { } otherIdentity) return identity == otherIdentity;
        return IsRegular(path) && IsRegular(other) && FinalPath.Of(path) == FinalPath.Of(other);
    }

    // A device such as a terminal may be both read and written.
    private static bool IsRegular(string path) => !Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);
}
