using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace DigitML.Experiments.Charts;

/// <summary>
/// A piece of HTML or SVG. Written as an interpolated string: values in braces are encoded, so that a label such as <c>a&lt;b</c> is shown literally;
/// pieces of markup, and sequences of them, are inserted unchanged.
/// </summary>
/// <param name="Text">The markup.</param>
internal sealed record Markup(string Text)
{
    /// <summary>No markup.</summary>
    internal static Markup None { get; } = new("");

    /// <summary>The markup of an interpolated string.</summary>
    internal static Markup Of(Builder text) => new(text.ToString());

    /// <inheritdoc />
    public override string ToString() => Text;

    /// <summary>Builds an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Builder
    {
        private readonly StringBuilder text;

        public Builder(int literalLength, int formattedCount) => text = new StringBuilder(literalLength + 16 * formattedCount);

        public void AppendLiteral(string markup) => text.Append(markup);

        public void AppendFormatted(Markup? markup) => text.Append(markup?.Text);

        public void AppendFormatted(IEnumerable<Markup> markup) => text.AppendJoin('\n', markup);

        public void AppendFormatted(string? value) => text.Append(WebUtility.HtmlEncode(value));

        public void AppendFormatted<T>(T value, string? format = null) where T : IFormattable =>
            AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        public override string ToString() => text.ToString();
    }
}
