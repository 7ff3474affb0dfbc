namespace DigitML.Server;

/// <summary>Text files that are built into the library.</summary>
internal static class EmbeddedText
{
    /// <summary>The text of a file.</summary>
    internal static string Read(string name)
    {
        using Stream stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream($"{nameof(DigitML)}.{nameof(Server)}.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
