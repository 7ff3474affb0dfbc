using DigitML.Data.Layouts;
using DigitML.Data.Rows;
using DigitML.Data.Sources;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Arrays;

/// <summary>Reads images, and the labels beside them, from arrays: IDX and numpy files, and numpy's archives.</summary>
internal static class ArrayReader
{
    /// <summary>True if a file is an array or an archive of arrays.</summary>
    public static bool IsArray(DataFile file) => IdxFile.IsIdx(file.Magic) || file.Magic == NpyFile.Magic || file.IsArrays;

    /// <summary>True if an array holds labels: one element in a row, or several that make no image.</summary>
    public static bool HoldsLabels(DataFile file) => !file.IsArrays && IsLabels(ArrayOf(file));

    /// <summary>The images of an array.</summary>
    /// <exception cref="DigitMLException">The file cannot be read, or its sizes are not those of images.</exception>
    public static FileRows ReadImages(DataFile file)
    {
        NumberArray array = ArrayOf(file);
        if (IsLabels(array)) throw new DigitMLException($"{file.Name} holds labels, but there is no file of images beside it; name the images file.");
        return new FileRows
        {
            Path = file.Name,
            Format = array.Format,
            Pixels = array.ReadPixels(),
            Shape = ShapeOf(array),
            LabelAdvice = array.Format.StartsWith("IDX", StringComparison.Ordinal) ? "put its IDX file of labels beside it" : "put the array of its labels beside it, such as y_train.npy beside x_train.npy",
            PlaceOf = row => $"{file.Name}: row {row + 1}",
        };
    }

    /// <summary>The labels of an array.</summary>
    /// <exception cref="DigitMLException">The file cannot be read, or holds images.</exception>
    public static LabelTexts ReadLabels(DataFile file)
    {
        NumberArray array = ArrayOf(file);
        return IsLabels(array) ? array.ReadLabels() : throw new DigitMLException($"{file.Name} holds arrays of {string.Join("x", array.Sizes.Skip(1))}, which are no labels; name the file of labels.");
    }

    private static NumberArray ArrayOf(DataFile file) => file.Magic == NpyFile.Magic ? NpyFile.Read(file) : IdxFile.IsIdx(file.Magic) ? IdxFile.Read(file)
        : throw new DigitMLException($"{file.Name} is no array of numbers; name an IDX or numpy file.");

    private static bool IsLabels(NumberArray array) =>
        array.Kind >= ElementKind.Text || array.Sizes.Length == 1 || array.Sizes.Length == 2 && (array.Sizes[1] < 4 || ImageShape.SideOf(array.Sizes[1]) == 0 && array.Sizes[1] <= 1000 && !IsColour(array.Sizes[1]));

    private static bool IsColour(int count) => count % 3 == 0 && ImageShape.SideOf(count / 3) > 3;

    private static ImageShape? ShapeOf(NumberArray array) => array.Sizes switch
    {
        [_, _] => null,
        [_, var height, var width] => new ImageShape(height, width),
        [_, var height, var width, 1 or 3 or 4] => new ImageShape(height, width, array.Sizes[3]),
        [_, 1 or 3 or 4, var height, var width] => new ImageShape(height, width, array.Sizes[1], IsPlanar: true),
        _ => throw new DigitMLException($"{array.File.Name} has an array of {DisplayText.Value(string.Join("x", array.Sizes))}; images are rows x height x width, with 1, 3 or 4 channels before or after."),
    };
}
