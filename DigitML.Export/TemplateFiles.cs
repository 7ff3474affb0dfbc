using DigitML.Model.Files;

namespace DigitML.Export;

/// <summary>The templates that are built into the library.</summary>
internal static class TemplateFiles
{
    /// <summary>The texts of the files whose names end in a given way.</summary>
    internal static IEnumerable<string> AllWithEnd(string end) => typeof(TemplateFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(end, StringComparison.Ordinal))
        .Select(name => Find(name[$"{nameof(DigitML)}.{nameof(Export)}.".Length..])!);

    /// <summary>The text of a file; null if there is none.</summary>
    internal static string? Find(string name) => EmbeddedText.Find(typeof(TemplateFiles), name);
}
