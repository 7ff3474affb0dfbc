using DigitML.Data.Sources;
using DigitML.Engine;

namespace DigitML.Data.Arrays;

/// <summary>Picks the images in an archive of arrays, as Keras' <c>mnist.npz</c>.</summary>
internal static class ArrayArchive
{
    /// <summary>The array of the images: the one that is named, the only one, or that of the training rows.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="part">The word in the names of the arrays that are wanted: "train", "test".</param>
    /// <exception cref="DigitMLException">It remains in doubt.</exception>
    public static DataFile Images(DataFile archive, string part)
    {
        string[] images = [.. archive.Entries().Where(entry => !ArrayReader.HoldsLabels(archive.At(entry)))];
        if (images.Length > 1 && images.Where(entry => entry.Contains(part, StringComparison.OrdinalIgnoreCase)).ToArray() is [var one]) return archive.At(one);
        if (images.Length == 1) return archive.At(images[0]);
        if (images.Length == 0) throw new DigitMLException($"{archive.Name} holds no array of images; name a file that does.");
        throw new DigitMLException($"{archive.Name} holds {images.Length} arrays of images: {string.Join(", ", images.Take(3))}; name one, such as {archive.Name}:{images[0]}.");
    }

    /// <summary>The array of labels in an archive that holds nothing else, as in Kuzushiji-MNIST; null if it holds more.</summary>
    public static DataFile? LabelsIn(DataFile archive) => archive.Entries() is [var only] ? archive.At(only) : null;

    /// <summary>The name of the array of labels beside an array of images: by its name, or the only one with as many rows.</summary>
    public static string? Labels(string images, IReadOnlyList<string> entries) =>
        PairedFile.Labels(images, entries) ?? (images == "arr_0.npy" && entries.Contains("arr_1.npy") ? "arr_1.npy" : null);
}
