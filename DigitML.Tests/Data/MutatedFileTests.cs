using System.Diagnostics;
using System.Text;
using DigitML.Data;
using DigitML.Engine;

namespace DigitML.Tests.Data;

/// <summary>Damaged files of every container: each is read or refused in one line, in little time and memory.</summary>
public sealed class MutatedFileTests : DataFolder
{
    private const int Files = 2000, QuickFiles = 60;
    private const long MostBytes = 1L << 30;

    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Containers => ["CSV", "CSV.gz", "spaced", "one cell", "UTF-16", "IDX", "npy", "npz", "zip", "tar", "tar.gz", "pair"];

    [Theory]
    [MemberData(nameof(Containers))]
    public void A_damaged_file_is_read_or_refused(string container) => Check(container, QuickFiles);

    [Theory(Explicit = true)]
    [MemberData(nameof(Containers))]
    public void Two_thousand_damaged_files_are_read_or_refused(string container) => Check(container, Files);

    private void Check(string container, int files)
    {
        byte[] whole = Content(container);
        var random = new Random(container.Length);
        for (int i = 0; i < files; i++)
        {
            byte[] damaged = Damaged(whole, random);
            string path = Write("a", damaged);
            if (container == "pair") Write("images", damaged);
            var watch = Stopwatch.StartNew();
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Assert.True(DigitFiles.Read(container == "pair" ? PathOf("images") : path).Count > 0);
            }
            catch (DigitMLException refusal)
            {
                Assert.False(refusal.Message.AsSpan().ContainsAny('\n', '\r'), refusal.Message);
                Assert.DoesNotContain("System.", refusal.Message, StringComparison.Ordinal);
            }

            Assert.InRange(watch.Elapsed, TimeSpan.Zero, LongestRead);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }
    }

    private static byte[] Damaged(byte[] whole, Random random)
    {
        List<byte> content = [.. whole];
        for (int changes = random.Next(1, 6); changes > 0 && content.Count > 1; changes--)
        {
            int at = random.Next(3) == 0 ? random.Next(Math.Min(content.Count, 200)) : random.Next(content.Count);
            switch (random.Next(5))
            {
                case 0:
                    content[at] = (byte)random.Next(256);
                    break;
                case 1:
                    content[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    content.Insert(at, (byte)random.Next(256));
                    break;
                case 3:
                    content.RemoveRange(at, Math.Min(random.Next(1, 40), content.Count - at));
                    break;
                default:
                    if (random.Next(4) == 0) content.RemoveRange(at, content.Count - at);
                    else content.InsertRange(at, content.GetRange(at, Math.Min(20, content.Count - at)));
                    break;
            }
        }

        return content.Count == 0 ? [0] : [.. content];
    }

    private byte[] Content(string container)
    {
        var digits = new TinyDigits(12, side: 8);
        string table = digits.Table((_, label, pixels) => [label, .. pixels], digits.Header());
        byte[] csv = Encoding.UTF8.GetBytes(table), npy = [.. NpyHeader("|u1", "(12, 8, 8)"), .. digits.Pixels];
        Write("labels", [0, 0, 8, 1, 0, 0, 0, 12, .. digits.Labels.Select(label => (byte)label)]);
        return container switch
        {
            "CSV" => csv,
            "CSV.gz" => Gzip(csv),
            "spaced" => Encoding.UTF8.GetBytes(digits.Table((_, label, pixels) => [label, .. pixels], separator: " ")),
            "one cell" => Encoding.UTF8.GetBytes(digits.Table((_, label, pixels) => [label, $"\"{string.Join(' ', pixels)}\""], "label,pixels")),
            "UTF-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(table)],
            "IDX" or "pair" => [0, 0, 8, 3, 0, 0, 0, 12, 0, 0, 0, 8, 0, 0, 0, 8, .. digits.Pixels],
            "npy" => npy,
            "npz" => Zip(("x_train.npy", npy)),
            "zip" => Zip(("train.csv", csv)),
            "tar" => Tar(("train.csv", csv)),
            _ => Gzip(Tar(("train.csv", csv))),
        };
    }
}
