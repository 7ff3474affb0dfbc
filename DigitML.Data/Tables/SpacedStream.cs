namespace DigitML.Data.Tables;

/// <summary>Text whose columns are separated by runs of spaces and tabs, with one separator in place of each run and none at the ends of a line.</summary>
/// <param name="text">UTF-8 text.</param>
internal sealed class SpacedStream(Stream text) : Stream
{
    /// <summary>What stands for a run of spaces.</summary>
    public const char Separator = ',';

    private readonly byte[] buffer = new byte[1 << 16];
    private int at, length;
    private bool isQuoted, isLineStart = true, isPending;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> target)
    {
        int written = 0;
        while (written < target.Length)
        {
            if (at == length)
            {
                if (written > 0) break;
                (at, length) = (0, text.Read(buffer));
                if (length == 0) break;
            }

            byte letter = buffer[at];
            bool isSpace = letter is (byte)' ' or (byte)'\t' && !isQuoted;
            bool isLineEnd = letter is (byte)'\n' or (byte)'\r';
            if (isSpace)
            {
                isPending = !isLineStart;
                at++;
                continue;
            }

            if (isPending && !isLineEnd)
            {
                isPending = false;
                target[written++] = (byte)Separator;
                continue;
            }

            if (letter == (byte)'"') isQuoted = !isQuoted;
            if (isLineEnd) isQuoted = isPending = false;
            isLineStart = isLineEnd;
            target[written++] = letter;
            at++;
        }

        return written;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
