using System.Globalization;

namespace DigitML.Benchmarks;

/// <summary>The options of a command: <c>--name value</c> pairs.</summary>
internal sealed class Options(string[] args)
{
    /// <summary>The text after <paramref name="name"/>, or <paramref name="otherwise"/>.</summary>
    internal string Text(string name, string otherwise)
    {
        int index = Array.IndexOf(args, name);
        return index < 0 ? otherwise : args[index + 1];
    }

    /// <summary>The whole number after <paramref name="name"/>, or <paramref name="otherwise"/>.</summary>
    internal int Number(string name, int otherwise) => int.Parse(Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
}
