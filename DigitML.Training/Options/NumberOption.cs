using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace DigitML.Training.Options;

/// <summary>Options that take a number within bounds; null where they are not given.</summary>
internal static class NumberOption
{
    /// <summary>A whole number from <paramref name="min"/> up.</summary>
    internal static Option<int?> Whole(string name, string description, int min) =>
        Create<int>(name, "N", description, NumberStyles.AllowLeadingSign, value => value >= min, $"a whole number of at least {min}");

    /// <summary>One of a few whole numbers.</summary>
    internal static Option<int?> OneOf(string name, string description, params int[] allowed) =>
        Create<int>(name, string.Join('|', allowed), description, NumberStyles.None, allowed.Contains, $"one of {string.Join(", ", allowed)}");

    /// <summary>A seed: any whole number of 64 bits from 0 up.</summary>
    internal static Option<ulong?> Seed(string name, string description) =>
        Create<ulong>(name, "N", description, NumberStyles.None, _ => true, "a whole number of at least 0");

    /// <summary>A number greater than 0.</summary>
    internal static Option<float?> Positive(string name, string description) =>
        Create<float>(name, "X", description, NumberStyles.Float, value => value > 0 && float.IsFinite(value), "a number greater than 0");

    /// <summary>A fraction: from 0 up to but not including 1.</summary>
    internal static Option<double?> Share(string name, string description) =>
        Create<double>(name, "X", description, NumberStyles.Float, value => value is >= 0 and < 1, "a number from 0 up to but not including 1");

    private static Option<T?> Create<T>(
        string name, string helpName, string description, NumberStyles styles, Func<T, bool> isAllowed, string rule) where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, styles, CultureInfo.InvariantCulture, out T value) && isAllowed(value)) return value;
                result.AddError($"{name} is \"{text}\"; it must be {rule}.");
                return null;
            },
        };
}
