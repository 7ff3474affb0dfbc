using System.Globalization;
using System.Text;
using DigitML.Data;
using DigitML.Data.Layouts;
using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

/// <summary>
/// A thousand tables as people write them, each with its own separator, quotes, encoding, header, place of the label, ids, range of pixels and spelling of labels:
/// none is read wrong, few are refused, and what is refused is read with the option that the message names.
/// </summary>
public sealed class RandomTableTests : DataFolder
{
    private const int Tables = 1000;
    private const double MostRefused = 0.05;

    [Fact]
    public void A_thousand_tables_are_read_right()
    {
        var wrong = new List<string>();
        int refused = 0;
        for (int seed = 0; seed < Tables; seed++)
        {
            var table = new RandomTable(seed);
            string path = Write("a.csv", table.Bytes);
            try
            {
                if (table.Difference(DigitFiles.Load(path, new DigitFileOptions { RequireLabels = table.HasLabels })) is { } difference) wrong.Add($"{seed}: {table}: {difference}");
            }
            catch (DigitMLException refusal)
            {
                refused++;
                if (table.LayoutNamedBy(refusal.Message) is not { } layout)
                {
                    wrong.Add($"{seed}: {table}: {refusal.Message}");
                    continue;
                }

                if (Difference(path, table, layout) is { } difference) wrong.Add($"{seed}: {table}: with the option: {difference}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {Tables} tables are read wrong: {string.Join("\n", wrong.Take(20))}");
        Assert.InRange(refused, 0, (int)(MostRefused * Tables));
    }

    private static string? Difference(string path, RandomTable table, FileLayout layout)
    {
        try
        {
            return table.Difference(DigitFiles.Load(path, new DigitFileOptions { Layout = layout, RequireLabels = table.HasLabels }));
        }
        catch (DigitMLException refusal)
        {
            return refusal.Message;
        }
    }

    private sealed class RandomTable
    {
        private static readonly string[] Separators = [",", ",", ",", ";", "\t", "|", " "];
        private static readonly string[] Encodings = ["utf-8", "utf-8", "utf-8", "utf-8-bom", "utf-16", "utf-16BE"];
        private static readonly string[] LabelKinds = ["0", "0", "0", "0.0", "00", "0e0", "'0'", "one of each", "word", "letter", "from 1"];
        private static readonly string[] HeaderKinds = ["none", "none", "pixel0", "pixel1", "1x1", "r0c0", "pixel_0_0", "numbers", "mangled", "V1"];
        private static readonly string[] IdKinds = ["none", "none", "none", "id", "unnamed", "count", "Unnamed: 0"];
        private static readonly string[] Words = ["null-zero", "eins", "zwei", "dréi", "vier", "fünf", "six, or so", "sieben", "otto", "nove"];

        private readonly Random random;
        private readonly TinyDigits digits;
        private readonly string separator, encoding, labelKind, header, ids, range;
        private readonly bool isLabelLast, hasTrailing, isQuoted, isCrLf;

        public RandomTable(int seed)
        {
            random = new Random(seed);
            int classes = random.Next(2, 11);
            digits = new TinyDigits(random.Next(15, 60), side: random.Next(2) == 0 ? 8 : 16, classes, seed, isSorted: random.Next(4) == 0);
            separator = Pick(Separators);
            encoding = Pick(Encodings);
            labelKind = Pick(LabelKinds);
            header = Pick(HeaderKinds);
            ids = Pick(IdKinds);
            range = Pick(["255", "255", "255", "1", "16", "-1..1", "0 or 1", "dark", "255.0"]);
            HasLabels = random.Next(8) > 0;
            isLabelLast = random.Next(3) == 0;
            hasTrailing = separator != " " && random.Next(6) == 0;
            isQuoted = random.Next(4) == 0;
            isCrLf = random.Next(3) == 0;
            if (ids is "id" or "unnamed" or "Unnamed: 0" && !HasNames) ids = "count";
            if (separator == " " && ids == "unnamed") ids = "none";
        }

        public bool HasLabels { get; }

        private bool HasNames => header is not ("none" or "numbers" or "mangled" or "V1");

        public byte[] Bytes
        {
            get
            {
                string text = digits.Table(Cells, header == "none" ? null : HeaderLine(), PixelText, separator);
                if (isCrLf) text = text.Replace("\n", "\r\n", StringComparison.Ordinal);
                Encoding form = encoding switch
                {
                    "utf-16" => Encoding.Unicode,
                    "utf-16BE" => Encoding.BigEndianUnicode,
                    "utf-8-bom" => Encoding.UTF8,
                    _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                };
                return [.. form.GetPreamble(), .. form.GetBytes(text)];
            }
        }

        /// <summary>How a reading differs from what was written; null if it does not.</summary>
        public string? Difference(DigitFile file)
        {
            DigitDataset read = file.Dataset;
            if (read.Count != digits.Count) return $"{read.Count} rows, not {digits.Count}; {file.Reading}";
            if (HasLabels != read.LabelMap.Count > 0) return $"labels {(HasLabels ? "missed" : "invented")}; {file.Reading}";
            for (int row = 0; HasLabels && row < read.Count; row++)
            {
                if (read.LabelMap[read.Labels[row]] != Label(row)) return $"row {row + 1} has the label {read.LabelMap[read.Labels[row]]}, not {Label(row)}; {file.Reading}";
            }

            byte[] right = [.. digits.Pixels.Select(Read)];
            int differing = read.Pixels.Length == right.Length ? right.Zip(read.Pixels).Count(pair => Math.Abs(pair.First - pair.Second) > 1) : -1;
            return differing == 0 ? null : $"{differing} pixels differ; {file.Reading}";
        }

        /// <summary>The layout with the option that a refusal names; null if it names none that helps.</summary>
        public FileLayout? LayoutNamedBy(string message)
        {
            if (message.Contains("--label-column", StringComparison.Ordinal))
            {
                int column = isLabelLast ? digits.Side * digits.Side + (ids == "none" ? 1 : 2) : ids == "none" ? 1 : 2;
                return new FileLayout { LabelColumn = HasLabels ? $"{column}" : "none", IgnoredColumns = ids == "none" ? null : ["first"] };
            }

            return message.Contains("--pixel-scale", StringComparison.Ordinal) ? new FileLayout { PixelScale = PixelRange.Parse(range is "0 or 1" ? "1" : range is "dark" or "255.0" ? "255" : range) } : null;
        }

        public override string ToString() =>
            $"{digits.Count} rows of {digits.Side}x{digits.Side}, separator \"{separator}\", {encoding}, labels {(HasLabels ? labelKind + (isLabelLast ? " last" : " first") : "none")}, header {header}, ids {ids}, range {range}, "
            + $"{(hasTrailing ? "trailing, " : "")}{(isQuoted ? "quoted, " : "")}{(isCrLf ? "CRLF" : "LF")}";

        private T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];

        private IEnumerable<string> Cells(int row, string label, string[] pixels)
        {
            List<string> cells = [.. pixels];
            if (HasLabels) cells.Insert(isLabelLast ? cells.Count : 0, Quoted(LabelText(digits.Labels[row], row)));
            if (ids != "none") cells.Insert(0, (ids == "id" ? row : row + 1).ToString(CultureInfo.InvariantCulture));
            if (hasTrailing) cells.Add("");
            return cells;
        }

        private string Quoted(string text) => isQuoted || text.Contains(separator, StringComparison.Ordinal) || text.Contains('"', StringComparison.Ordinal) ? $"\"{text}\"" : text;

        private string HeaderLine()
        {
            int side = digits.Side;
            List<string> names = [.. digits.Names(header switch
            {
                "pixel1" => i => $"pixel{i + 1}",
                "1x1" => i => $"{i / side + 1}x{i % side + 1}",
                "r0c0" => i => $"r{i / side}c{i % side}",
                "pixel_0_0" => i => $"pixel_{i / side}_{i % side}",
                _ => i => $"pixel{i}",
            })];
            if (HasLabels) names.Insert(isLabelLast ? names.Count : 0, random.Next(2) == 0 ? "label" : "target");
            if (ids != "none") names.Insert(0, ids is "unnamed" ? "" : ids is "count" ? "index" : ids);
            if (header == "numbers") names = [.. names.Select((_, i) => $"{i}")];
            if (header == "V1") names = [.. names.Select((_, i) => $"V{i + 1}")];
            if (header == "mangled") names = [.. names.Select((_, i) => i == 0 ? "0" : $"0.{i}")];
            if (hasTrailing) names.Add("");
            return string.Join(separator, names.Select(Quoted));
        }

        private string LabelText(int label, int row) => labelKind switch
        {
            "0.0" => $"{label}.0",
            "00" => $"{label:00}",
            "0e0" => $"{label}.000e+00",
            "'0'" => $"'{label}'",
            "one of each" => (row % 3) switch { 0 => $"{label}", 1 => $"{label}.0", _ => $"0{label}" },
            "word" => Words[label],
            "letter" => $"{(char)('A' + label)}",
            "from 1" => $"{label + 1}",
            _ => $"{label}",
        };

        private string Label(int row) => labelKind switch
        {
            "word" => Words[digits.Labels[row]],
            "letter" => $"{(char)('A' + digits.Labels[row])}",
            "from 1" => $"{digits.Labels[row] + 1}",
            _ => $"{digits.Labels[row]}",
        };

        private string PixelText(byte pixel) => (range switch
        {
            "1" => Math.Round(pixel / 255.0, 5),
            "16" => Math.Round(pixel / 255.0 * 16),
            "-1..1" => Math.Round(pixel / 127.5 - 1, 5),
            "0 or 1" => pixel > 127 ? 1 : 0,
            "dark" => 255 - pixel,
            _ => pixel,
        }).ToString(range == "255.0" ? "0.0" : "0.#####", CultureInfo.InvariantCulture);

        private byte Read(byte pixel) => range switch
        {
            "16" => (byte)Math.Round(Math.Round(pixel / 255.0 * 16) / 16 * 255, MidpointRounding.AwayFromZero),
            "0 or 1" => pixel > 127 ? (byte)255 : (byte)0,
            _ => pixel,
        };
    }
}
