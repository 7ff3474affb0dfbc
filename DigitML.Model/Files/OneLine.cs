using DigitML.Engine;

namespace DigitML.Model.Files;

/// <summary>Keeps messages that quote names from a file to one readable line, whatever the file holds.</summary>
internal static class OneLine
{
    private const int Longest = 400;

    /// <summary>Reads something; a failure's message comes out as one line.</summary>
    internal static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DigitMLException failure) when (failure.Message.Length > Longest || failure.Message.Any(IsUnseen))
        {
            string line = string.Concat(failure.Message.Select(letter => IsUnseen(letter) ? '?' : letter));
            throw new DigitMLException(line.Length > Longest ? $"{line[..Longest]} ..." : line, failure);
        }
    }

    private static bool IsUnseen(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029';
}
