using System.Text.RegularExpressions;
using DigitML.Engine;
using DigitML.Model;

namespace DigitML.Export;

/// <summary>Names of exported projects: also the name of a class, so it must not hide another that its code uses.</summary>
internal static partial class ProjectName
{
    private const string Usual = "Digits";

    private static readonly HashSet<string> Taken =
    [
        "Program", "ModelInput", "ModelOutput", .. typeof(DigitClassifier).Assembly.GetExportedTypes().Concat(typeof(DigitMLException).Assembly.GetExportedTypes()).Select(type => type.Name),
        .. typeof(object).Assembly.GetExportedTypes().Select(type => type.Name),
    ];

    /// <summary>A rule that a name breaks; null for a good one.</summary>
    internal static string? Problem(string name) =>
        !Form().IsMatch(name) ? "a name begins with a capital letter; letters, digits and _ follow"
        : Taken.Contains(name) ? "the code uses a type of that name"
        : null;

    /// <summary>A name made of a folder's: "digit-reader" becomes DigitReader.</summary>
    internal static string Of(string folder)
    {
        string[] words = Words().Split(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))));
        string name = string.Concat(words.Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return Problem(name) is null ? name : Usual;
    }

    [GeneratedRegex("^[A-Z][A-Za-z0-9_]{0,99}$")]
    private static partial Regex Form();

    [GeneratedRegex("[^A-Za-z0-9_]+")]
    private static partial Regex Words();
}
