using System.Text;
using DigitML.Data;
using DigitML.Data.Rows;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using FsCheck;
using FsCheck.Fluent;

namespace DigitML.Tests.Data;

public sealed class CsvPropertyTests : DataFolder
{
    private static readonly Gen<string> Label =
        from text in Gen.Elements("0", "7", "10", "-1", "A", "label", "class", "é", "😀", " ", ",", "\"", ";", "|", "\t", "'", "a b", "1x1", "pixel0", "#", "=").NonEmptyListOf()
        let label = LabelText.Of(string.Concat(text.Take(4)), isText: false)
        where label is not null
        select label;

    private static readonly Gen<DigitDataset> Dataset =
        from side in Gen.Choose(1, 4)
        from labels in Label.NonEmptyListOf()
        let map = LabelMap.FromDistinct(labels)
        from isLabelled in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from pixels in Gen.Choose(0, 255).ListOf(labels.Count * side * side)
        let keys = labels.Select(label => isLabelled && map.TryGetKey(label, out int key) ? key : DigitDataset.NoLabel)
        select new DigitDataset("a.csv", side, side, [.. pixels.Select((pixel, i) => i == 0 ? (byte)255 : (byte)pixel)], [.. keys], isLabelled ? map : new LabelMap([]));

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.csv.gz")]
    public void What_is_written_is_read_back(string name) => Check(Prop.ForAll(Dataset.ToArbitrary(), dataset =>
    {
        CsvDigitWriter.Write(PathOf(name), dataset);
        DigitDataset read = DigitFiles.Read(PathOf(name));

        return read.Pixels.SequenceEqual(dataset.Pixels) && read.Labels.SequenceEqual(dataset.Labels)
            && read.LabelMap.Labels.SequenceEqual(dataset.LabelMap.Labels) && (read.Height, read.Width) == (dataset.Height, dataset.Width);
    }));

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.csv.gz")]
    public void A_damaged_file_is_read_or_refused_in_one_line(string name)
    {
        Gen<(DigitDataset Dataset, int Position, int Change, byte Byte)> damage =
            from dataset in Dataset
            from position in Gen.Choose(0, 1 << 20)
            from change in Gen.Choose(0, 2)
            from value in Gen.Choose(0, 255)
            select (dataset, position, change, (byte)value);
        Check(Prop.ForAll(damage.ToArbitrary(), damaged =>
        {
            CsvDigitWriter.Write(PathOf(name), damaged.Dataset);
            List<byte> content = [.. File.ReadAllBytes(PathOf(name))];
            int position = damaged.Position % content.Count;
            if (damaged.Change == 0) content[position] = damaged.Byte;
            else if (damaged.Change == 1) content.Insert(position, damaged.Byte);
            else content.RemoveRange(position, content.Count - position);
            File.WriteAllBytes(PathOf(name), [.. content]);
            return ReadsOrRefuses(PathOf(name));
        }));
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_in_one_line() => Check(Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        File.WriteAllBytes(PathOf("a"), bytes);
        return ReadsOrRefuses(PathOf("a"));
    }));

    [Fact]
    public void Any_text_is_read_or_refused_in_one_line()
    {
        Gen<string> text = from parts in Gen.Elements("0", "12", "256", "label", "pixel0", ",", ",", "\n", "\r\n", "\"", "1x1", "a", " ", ";").ListOf() select string.Concat(parts);
        Check(Prop.ForAll(text.ToArbitrary(), content =>
        {
            File.WriteAllText(PathOf("a"), content);
            return ReadsOrRefuses(PathOf("a"));
        }));
    }

    private static bool ReadsOrRefuses(string path)
    {
        try
        {
            DigitDataset dataset = DigitFiles.Read(path);
            return dataset.Count > 0 && dataset.Pixels.Length == dataset.Count * dataset.Height * dataset.Width;
        }
        catch (DigitMLException refused)
        {
            return !refused.Message.Contains('\n', StringComparison.Ordinal) && refused.Message.Contains(path, StringComparison.Ordinal);
        }
    }

    private static void Check(Property property) => FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), property);
}
