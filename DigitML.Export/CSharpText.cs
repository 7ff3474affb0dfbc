using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using DigitML.Engine.Networks;

namespace DigitML.Export;

/// <summary>Values as the C# expressions that create them: layers, optimizers, schedules and other records.</summary>
internal static class CSharpText
{
    /// <summary>The expression. A record's arguments that equal their defaults are left out; those without a default are positional.</summary>
    internal static string Of(object? value) => value switch
    {
        null => "null",
        string text => Quoted(text),
        bool flag => flag ? "true" : "false",
        float number => float.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) + "f"
            : float.IsNaN(number) ? "float.NaN" : number > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",
        int or ulong => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        Enum choice => $"{choice.GetType().Name}.{choice}",
        Size2D size => size.Height == size.Width ? Of(size.Height) : $"new Size2D({size.Height}, {size.Width})",
        Padding { IsSame: true } => "Padding.Same",
        Padding { Explicit: var zeros } => zeros == default ? "Padding.Valid" : $"Padding.Of({zeros.Top}, {zeros.Left}, {zeros.Bottom}, {zeros.Right})",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Of))}]",
        _ => $"new {value.GetType().Name}({string.Join(", ", Arguments(value))})",
    };

    /// <summary>
    /// The string literal of a text, on one line of visible characters: quotes, backslashes, line breaks, control and format characters (including those that change the
    /// writing direction) and unpaired surrogates are escaped.
    /// </summary>
    internal static string Quoted(string text)
    {
        var literal = new StringBuilder("\"");
        for (int i = 0; i < text.Length;)
        {
            bool isRune = Rune.TryGetRuneAt(text, i, out Rune rune);
            int length = isRune ? rune.Utf16SequenceLength : 1;
            if (text[i] is '"' or '\\') literal.Append('\\').Append(text[i]);
            else if (isRune && IsVisible(rune)) literal.Append(text, i, length);
            else foreach (char c in text.AsSpan(i, length)) literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            i += length;
        }

        return literal.Append('"').ToString();
    }

    /// <summary>The arguments of a record's constructor.</summary>
    /// <param name="record">The record.</param>
    /// <param name="namesAll">True if arguments without a default are named too.</param>
    internal static IEnumerable<string> Arguments(object record, bool namesAll = false)
    {
        ConstructorInfo constructor = record.GetType().GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;
        ParameterInfo[] parameters = constructor.GetParameters();
        object usual = constructor.Invoke([.. parameters.Select(parameter => parameter.HasDefaultValue ? DefaultOf(parameter) : ValueOf(parameter, record))]);
        foreach (ParameterInfo parameter in parameters)
        {
            object? value = ValueOf(parameter, record);
            if (parameter.HasDefaultValue && Equals(value, ValueOf(parameter, usual))) continue;
            yield return parameter.HasDefaultValue || namesAll ? $"{parameter.Name}: {Of(value)}" : Of(value);
        }
    }

    private static bool IsVisible(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    private static object? ValueOf(ParameterInfo parameter, object record) => record.GetType().GetProperty(parameter.Name!)!.GetValue(record);

    // Reflection gives null for the default of a struct, and the underlying number for that of an enum.
    private static object? DefaultOf(ParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter.DefaultValue switch
        {
            null when parameter.ParameterType.IsValueType && type == parameter.ParameterType => Activator.CreateInstance(type),
            { } number when type.IsEnum => Enum.ToObject(type, number),
            var value => value,
        };
    }
}
