using System.Reflection;

namespace DigitML.Model.Files;

/// <summary>Text files embedded in a library, under the name of its assembly.</summary>
internal static class EmbeddedText
{
    /// <summary>The text of a file embedded in the library of a type.</summary>
    /// <exception cref="ArgumentException">The library has no such file.</exception>
    internal static string Read(Type type, string name) =>
        Find(type, name) ?? throw new ArgumentException($"{name} is not built into {type.Assembly.GetName().Name}.", nameof(name));

    /// <summary>The text of a file embedded in the library of a type; null if there is none.</summary>
    internal static string? Find(Type type, string name)
    {
        Assembly library = type.Assembly;
        using Stream? stream = library.GetManifestResourceStream($"{library.GetName().Name}.{name}");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
