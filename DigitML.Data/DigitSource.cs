using DigitML.Data.Arrays;
using DigitML.Data.Columnar;
using DigitML.Data.Pictures;
using DigitML.Data.Rows;
using DigitML.Data.Sources;
using DigitML.Data.Tables;
using DigitML.Engine;

namespace DigitML.Data;

/// <summary>A file of images, or of labels, or a folder of pictures: the one place that tells the formats apart.</summary>
internal sealed class DigitSource
{
    private readonly DigitFileOptions options;
    private readonly PictureSet? pictures;
    private readonly DataFile? file, archive;
    private readonly bool isParquet;
    private readonly TableFile? table;
    private readonly DigitSource? labels;

    // What is none of the others is an array.
    private DigitSource(DataFile file, DigitFileOptions options, DataFile? archive = null, DigitSource? labels = null)
    {
        (this.file, this.options, this.archive, this.labels, Path, Name) = (file, options, archive, labels, file.Path, file.Name);
        isParquet = ParquetFile.IsOne(file);
        if (!isParquet && !ArrayReader.IsArray(file)) table = TableFile.Open(file, options.Layout);
    }

    private DigitSource(PictureSet pictures, DigitFileOptions options) => (this.pictures, this.options, Path, Name) = (pictures, options, pictures.Tree.Path, pictures.Name);

    /// <summary>The file or the folder, as the user gave it.</summary>
    public string Path { get; }

    /// <summary>What it is called in messages: an archive together with the file in it.</summary>
    public string Name { get; }

    private bool HoldsLabels => isParquet ? false : table is null ? ArrayReader.HoldsLabels(file!) : TableLabels.IsOne(table);

    /// <summary>Finds the images of a path; where that names a file of labels, the images beside it.</summary>
    /// <exception cref="DigitMLException">The file cannot be read, is of a format that is not read, or holds several files or only labels.</exception>
    public static DigitSource Find(string path, DigitFileOptions options)
    {
        if (!options.IsAlone && PictureSet.Find(path, options.Part) is { } pictures) return new DigitSource(pictures, options);
        DataFile file = DataFile.Find(path);
        KnownFormats.Refuse(file);
        if (options.IsAlone && file.IsInArchive) throw new DigitMLException($"{path} is an archive, which is not read here; send the file inside, plain or gzipped.");
        if (options.IsAlone && ParquetFile.IsOne(file)) throw new DigitMLException($"{path} is a Parquet file, which is not read here; send its rows as CSV.");
        DataFile? archive = file.IsArrays ? file : null;
        var source = new DigitSource(archive is null ? file : ArrayArchive.Images(archive, options.Part), options, archive);
        if (options.IsAlone || options.LabelsFile is not null || !source.HoldsLabels) return source;
        return source.file!.Beside(PairedFile.Images) is { } images
            ? new DigitSource(images, options, labels: source)
            : throw new DigitMLException($"{source.Name} holds labels, but there is no file of images beside it; name the images file.");
    }

    /// <summary>Reads the images, with the labels that the same file has.</summary>
    /// <exception cref="DigitMLException">The file cannot be read.</exception>
    public FileRows ReadRows() =>
        pictures is not null ? PictureReader.Read(pictures, options.Layout, options.Needs)
        : isParquet ? ParquetReader.Read(file!, options.Layout, options.Needs)
        : table is not null ? TableReader.Read(table, options.Layout, options.Needs)
        : ArrayReader.ReadImages(file!);

    /// <summary>The file of the labels of these images: the one that is named, or the one beside them; null for none.</summary>
    /// <exception cref="DigitMLException">It cannot be read.</exception>
    public DigitSource? FindLabels()
    {
        if (labels is not null) return labels;
        if (options.LabelsFile is { } named) return new DigitSource(DataFile.Find(named), options);
        if (options.IsAlone || file is null) return null;
        DataFile? found = file.Beside(ArrayArchive.Labels) ?? (archive?.Beside(PairedFile.Labels) is { IsArrays: true } other ? ArrayArchive.LabelsIn(other) : null);
        return found is null ? null : new DigitSource(found, options);
    }

    /// <summary>Reads a file of labels.</summary>
    /// <exception cref="DigitMLException">The file cannot be read, or holds no labels.</exception>
    public LabelTexts ReadLabels() => table is null ? ArrayReader.ReadLabels(file!) : TableLabels.Read(table);
}
