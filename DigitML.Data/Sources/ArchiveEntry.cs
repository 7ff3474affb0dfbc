namespace DigitML.Data.Sources;

/// <summary>A file in an archive.</summary>
/// <param name="Name">Its name, with the folders that it is in.</param>
/// <param name="Open">Opens its content, once.</param>
internal sealed record ArchiveEntry(string Name, Func<Stream> Open);
