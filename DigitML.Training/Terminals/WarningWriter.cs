using System.Text;

namespace DigitML.Training.Terminals;

/// <summary>Passes on only lines that begin with "Warning:" or "error:", for <c>--quiet</c>.</summary>
internal sealed class WarningWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
    }

    public override void WriteLine(string? value)
    {
        if (value is not null && (value.StartsWith("Warning:", StringComparison.Ordinal) || value.StartsWith("error:", StringComparison.Ordinal))) inner.WriteLine(value);
    }
}
