using System.Text;
using CsvHelper;
using DigitML.Data.Layouts;
using DigitML.Data.Sources;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Tables;

/// <summary>How the text of a table is written: its encoding, and whether columns are separated by spaces.</summary>
/// <param name="Encoding">The encoding; null for UTF-8, or what a byte order mark says.</param>
/// <param name="IsSpaced">True if runs of spaces separate the columns.</param>
internal sealed record TableText(Encoding? Encoding, bool IsSpaced)
{
    private const int HeadBytes = 1 << 16;

    private static readonly CsvReaderOptions Options = new()
    {
        HasHeader = false,
        TrackLineNumbers = true,
        AllowLineBreaksInQuotes = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 1 << 26,
    };

    /// <summary>Looks at the start of a file.</summary>
    /// <exception cref="DigitMLException">The file cannot be read, or no encoding has the layout's name.</exception>
    public static TableText Of(DataFile file, FileLayout layout) => file.Read(stream =>
    {
        var head = new byte[HeadBytes];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        Encoding? encoding = layout.Encoding is { } name ? Named(name) : UnmarkedUtf16(head);
        return new TableText(encoding, IsSpacedText(TextOf(head, encoding)));
    });

    /// <summary>Reads the records of the table.</summary>
    /// <param name="file">The file.</param>
    /// <param name="read">Gets the reader, before the first record.</param>
    /// <exception cref="DigitMLException">The file cannot be read, or its quotes do not match.</exception>
    public T Read<T>(DataFile file, Func<CsvReader, T> read) => file.Read(stream =>
    {
        using Stream text = IsSpaced ? new SpacedStream(Utf8(stream)) : stream;
        using CsvReader reader = CsvReader.Create(
            text, IsSpaced ? Options with { Separator = SpacedStream.Separator } : Options with { Encoding = Encoding }, leaveOpen: true);
        try
        {
            return read(reader);
        }
        catch (CsvFormatException failure)
        {
            throw new DigitMLException($"{file.Name}:{failure.LineNumber}: a quoted field is not closed on its line, or a quote is inside a field; "
                + "close it, and double a quote that is part of the text.", failure);
        }
    });

    private static Encoding Named(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException failure)
        {
            throw new DigitMLException($"--encoding is {DisplayText.Value(name)}, which is no encoding; name one such as utf-8, utf-16, windows-1252 or shift_jis.", failure);
        }
    }

    // Text of digits and separators has a zero in every second byte if it is UTF-16.
    private static Encoding? UnmarkedUtf16(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4 || head[0] is 0xFE or 0xFF) return null;
        int even = 0, odd = 0;
        for (int i = 0; i + 1 < head.Length; i += 2)
        {
            if (head[i] == 0) even++;
            if (head[i + 1] == 0) odd++;
        }

        int half = head.Length / 2;
        if (even == 0 && odd > half * 9 / 10) return Encoding.Unicode;
        return odd == 0 && even > half * 9 / 10 ? Encoding.BigEndianUnicode : null;
    }

    private static string TextOf(byte[] head, Encoding? encoding)
    {
        using var reader = new StreamReader(new MemoryStream(head), encoding ?? Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static bool IsSpacedText(string head)
    {
        string? line = head.Split('\n', '\r').FirstOrDefault(text => text.Trim().Length > 0);
        if (line is null || line.AsSpan().ContainsAny(",;|")) return false;
        string[] cells = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return cells.Length > 1 && line.Contains(' ', StringComparison.Ordinal) && (cells.Count(cell => PixelText.IsNumber(cell)) * 2 > cells.Length
            || !line.Contains('\t', StringComparison.Ordinal));
    }

    private Stream Utf8(Stream stream) => Encoding is null or UTF8Encoding ? stream : System.Text.Encoding.CreateTranscodingStream(stream, Encoding, System.Text.Encoding.UTF8);
}
