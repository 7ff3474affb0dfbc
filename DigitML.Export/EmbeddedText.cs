namespace DigitML.Export;

/// <summary>Text files that are built into the library.</summary>
internal static class EmbeddedText
{
    /// <summary>The texts of the files whose names have an end.</summary>
    internal static IEnumerable<string> AllWithEnd(string end) => typeof(EmbeddedText).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(end, StringComparison.Ordinal))
        .Select(name => Find(name[$"{nameof(DigitML)}.{nameof(Export)}.".Length..])!);

    /// <summary>The text of a file; null if there is none.</summary>
    internal static string? Find(string name)
    {
        using Stream? stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream($"{nameof(DigitML)}.{nameof(Export)}.{name}");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
