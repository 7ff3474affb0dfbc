using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

/// <summary>A folder of small data files that goes away with the test.</summary>
public abstract class DataFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digitml-data-");

    public void Dispose()
    {
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected string PathOf(string name) => Path.Combine(folder.FullName, name);

    private protected string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private protected string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }

    private protected static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>The message of the failure, with the folder's path taken out.</summary>
    private protected string FailureOf(Action read)
    {
        string message = Assert.Throws<DigitMLException>(read).Message;
        Assert.DoesNotContain('\n', message);
        return message.Replace(folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    private protected string FailureOfReading(string path, DigitFileOptions? options = null) => FailureOf(() => DigitFiles.Load(path, options));

    private protected static string LabelsOf(DigitDataset dataset) =>
        string.Join(" ", dataset.Labels.Select(key => key == DigitDataset.NoLabel ? "-" : dataset.LabelMap[key]));

    /// <summary>The header of a numpy array.</summary>
    private protected static byte[] NpyHeader(string type, string shape, string fortran = "False")
    {
        string header = $"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': {shape}, }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header)];
    }

    private protected static byte[] Zip(params (string Name, string Text)[] entries) => Zip(Bytes(entries));

    private protected static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return content.ToArray();
    }

    private protected static byte[] Tar(params (string Name, string Text)[] entries) => Tar(Bytes(entries));

    private protected static byte[] Tar(params (string Name, byte[] Content)[] entries)
    {
        using var content = new MemoryStream();
        using (var tar = new TarWriter(content, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries) tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
        }

        return content.ToArray();
    }

    // Packed data comes as text of Latin-1.
    private static (string Name, byte[] Content)[] Bytes((string Name, string Text)[] entries) =>
        [.. entries.Select(entry => (entry.Name, (entry.Name.EndsWith(".gz", StringComparison.Ordinal) ? Encoding.Latin1 : Encoding.UTF8).GetBytes(entry.Text)))];
}
