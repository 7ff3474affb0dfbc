using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace DigitML.Experiments.Charts;

/// <summary>
/// A piece of HTML or SVG. Written as an interpolated string: what stands in braces is encoded, so that a label such as <c>a&lt;b</c> shows as it is;
/// pieces of markup, and sequences of them, go in as they are.
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

    /// <summary>Puts an interpolated string together.</summary>
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
