namespace DigitML.Training.Charts;

/// <summary>Text files that are built into the program.</summary>
internal static class EmbeddedText
{
    /// <summary>The text of a file.</summary>
    internal static string Read(string name)
    {
        using Stream stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream($"DigitML.Training.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
