namespace DigitML.Experiments;

/// <summary>Text files that are built into the program.</summary>
internal static class EmbeddedText
{
    /// <summary>The text of a file that is there.</summary>
    internal static string Read(string name) => Find(name) ?? throw new ArgumentException($"{name} is not built in.", nameof(name));

    /// <summary>The text of a file; null where there is none.</summary>
    internal static string? Find(string name)
    {
        using Stream? stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream($"DigitML.Experiments.{name}");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
