using System.Text.RegularExpressions;
using DigitML.Data;
using DigitML.Engine;
using DigitML.Model;

namespace DigitML.Export;

/// <summary>Names of exported projects: a project's name is also that of its class, so it must not hide a name that the generated code uses.</summary>
public static partial class ProjectName
{
    private const string Default = "Digits";

    // Types that generated code may use, and every name in the templates, which may be a type of ASP.NET Core or a member of the class itself.
    private static readonly HashSet<string> Taken =
    [
        "Program",
        .. new[] { typeof(object), typeof(Enumerable), typeof(DigitMLException), typeof(DigitClassifier), typeof(DigitFiles) }.SelectMany(type => type.Assembly.GetExportedTypes()).Select(type => type.Name),
        .. TemplateFiles.AllWithEnd(".cs").SelectMany(code => Names().Matches(Comment().Replace(code, ""))).Select(name => name.Value),
    ];

    /// <summary>The rule that a name breaks, in words; null for a valid name.</summary>
    /// <param name="name">The name.</param>
    public static string? Problem(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !Form().IsMatch(name) ? "a name has up to 100 of A-Z, a-z, 0-9 and _, the first a capital letter"
            : Reserved().IsMatch(name) ? "Windows reserves that name, in any case"
            : Taken.Contains(name) ? "the generated code uses that name for something else"
            : null;
    }

    /// <summary>A name derived from a folder's: "digit-reader" becomes DigitReader; "Digits" if that breaks a rule.</summary>
    /// <param name="folder">A path, which need not exist.</param>
    public static string Of(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string[] words = Words().Split(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))));
        string name = string.Concat(words.Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return Problem(name) is null ? name : Default;
    }

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9_]{0,99}\z")]
    private static partial Regex Form();

    [GeneratedRegex(@"^(CON|PRN|AUX|NUL|(COM|LPT)[1-9])\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();

    [GeneratedRegex(@"\b[A-Z]\w*")]
    private static partial Regex Names();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();

    [GeneratedRegex("[^A-Za-z0-9_]+")]
    private static partial Regex Words();
}
