using DigitML.Data;
using DigitML.Data.Layouts;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

/// <summary>Which columns hold the label, the pixels and the ids.</summary>
public sealed class ColumnTests : DataFolder
{
    private readonly TinyDigits digits = new(40);

    public static TheoryData<string> PixelHeaders => ["pixel", "pixel_0_0", "r0c0", "R1C1", "X1x1", "1x1", "0x0", "V", "x0y0", "f", "i0_j0", "Pixel 1", "p000"];

    [Theory]
    [MemberData(nameof(PixelHeaders))]
    public void Any_names_that_count_are_pixels(string kind)
    {
        int side = digits.Side;
        Func<int, string> name = kind switch
        {
            "pixel_0_0" => i => $"pixel_{i / side}_{i % side}",
            "r0c0" => i => $"r{i / side}c{i % side}",
            "R1C1" => i => $"R{i / side + 1}C{i % side + 1}",
            "X1x1" => i => $"X{i / side + 1}x{i % side + 1}",
            "1x1" => i => $"{i / side + 1}x{i % side + 1}",
            "0x0" => i => $"{i / side}x{i % side}",
            "x0y0" => i => $"x{i % side}y{i / side}",
            "i0_j0" => i => $"i{i / side}_j{i % side}",
            "Pixel 1" => i => $"Pixel {i + 1}",
            "p000" => i => $"p{i:000}",
            _ => i => $"{kind}{i}",
        };
        Check(digits.Table((_, label, pixels) => [label, .. pixels], digits.Header(name: name)));
        Check(digits.Table((_, label, pixels) => [.. pixels, label], string.Join(',', [.. digits.Names(name), "target"])));
    }

    [Theory]
    [InlineData("label")]
    [InlineData("Class")]
    [InlineData("target")]
    [InlineData("y")]
    [InlineData("digit")]
    [InlineData("class label")]
    [InlineData("ground_truth")]
    public void The_label_is_found_by_its_name(string name) => Check(digits.Table((_, label, pixels) => [label, .. pixels], digits.Header(name)));

    [Fact]
    public void A_label_of_an_unknown_name_is_the_column_that_is_no_pixel() =>
        Check(digits.Table((_, label, pixels) => [.. pixels, label], string.Join(',', [.. digits.Names(), "zahl"])), "column 65 \"zahl\"");

    [Fact]
    public void Headers_of_numbers_are_headers()
    {
        Check(digits.Table((_, label, pixels) => [label, .. pixels], string.Join(',', Enumerable.Range(0, 65))), "column 1 \"0\"");
        Check(digits.Table((_, label, pixels) => [.. pixels, label], string.Join(',', Enumerable.Range(1, 65))), "column 65 \"65\"");
        Check(digits.Table((_, label, pixels) => [label, .. pixels], string.Join(',', Enumerable.Range(0, 64).Select(i => i == 0 ? "0" : $"0.{i}").Prepend("7"))), "column 1 \"7\"");
        Check(digits.Table((_, label, pixels) => [label, .. pixels], string.Join(',', Enumerable.Range(0, 64).Select(i => i == 0 ? "X0" : $"X0.{i}").Prepend("X7"))), "column 1 \"X7\"");
        Check(digits.Table((_, label, pixels) => [label, .. pixels], string.Join(',', Enumerable.Range(0, 65).Select(i => $"V{i + 1}"))), "column 1 \"V1\"");
        DigitFile unlabelled = DigitFiles.Load(Write("a.csv", digits.Table((_, _, pixels) => pixels, string.Join(',', Enumerable.Range(0, 64)))));
        Assert.Equal((40, false), (unlabelled.Dataset.Count, unlabelled.Dataset.IsLabelled));
        Assert.Equal(digits.Pixels, unlabelled.Dataset.Pixels);
    }

    [Theory]
    [InlineData("", 0, null)]
    [InlineData("Unnamed: 0", 0, null)]
    [InlineData("id", 0, "id")]
    [InlineData("ImageId", 1, "ImageId")]
    [InlineData("index", 17, "index")]
    public void Row_numbers_and_ids_are_left_out(string name, int from, string? ids)
    {
        DigitFile file = Check(digits.Table((row, label, pixels) => [$"{row + from}", label, .. pixels], $"{name},{digits.Header()}"), "column 2 \"label\"");

        Assert.Equal(ids, file.Ids?.Name);
        if (ids is null) Assert.Contains("left out: column 1", file.Reading, StringComparison.Ordinal);
        else Assert.Equal(Enumerable.Range(from, 40).Select(id => $"{id}"), file.Ids!.Values);
    }

    [Fact]
    public void Row_names_of_R_have_no_header()
    {
        Check(digits.Table((row, label, pixels) => [$"\"{row + 1}\"", label, .. pixels], digits.Header()), "column 2 \"label\"");
        Check(digits.Table((row, label, pixels) => [$"\"{row + 1}\"", label, .. pixels], "\"\"," + digits.Header()), "column 2 \"label\"");
    }

    [Fact]
    public void Without_a_header_the_label_is_found_by_its_values()
    {
        Check(digits.Plain(), "column 1");
        Check(digits.Table((_, label, pixels) => [.. pixels, label]), "column 65");
        Check(digits.Table((row, label, pixels) => [.. pixels.Skip(1).Prepend($"{row % 3 + 40}"), label]), "column 65", arePixelsRight: false);
        var sorted = new TinyDigits(600, classes: 4, isSorted: true);
        Check(sorted.Plain(), "column 1", of: sorted);
        Check(sorted.Table((_, label, pixels) => [.. pixels, label]), "column 65", of: sorted);
    }

    [Fact]
    public void Without_a_header_row_numbers_are_no_labels()
    {
        DigitFile file = DigitFiles.Load(Write("a.csv", digits.Table((row, _, pixels) => [$"{row}", .. pixels])));
        Assert.Equal((false, "no labels; left out: column 1 (row numbers); pixels 0 to 255"), (file.Dataset.IsLabelled, file.Reading));
        Check(digits.Table((row, label, pixels) => [$"{row + 1}", label, .. pixels]), "column 2");
        Check(digits.Table((row, label, pixels) => [$"{row + 1}", .. pixels, label]), "column 66");
    }

    [Fact]
    public void Where_the_label_is_in_doubt_it_is_asked_for()
    {
        var ten = new TinyDigits(10, classes: 10);
        string path = Write("a.csv", ten.Table((row, _, pixels) => [$"{row}", .. pixels]));
        Assert.Equal(
            "a.csv: column 1 or column 65 is the label, and their values do not tell which; say --label-column first, last or none.",
            FailureOfReading(path, new DigitFileOptions { RequireLabels = true }));
        Assert.True(DigitFiles.Read(path, With(layout => layout with { LabelColumn = "first" })).IsLabelled);
        Assert.Equal(ten.Pixels, DigitFiles.Read(path).Pixels);
        Assert.Equal(
            "b.csv: column 1 or column 65 is the label, and their values do not tell which; say --label-column first, last or none.",
            FailureOfReading(Write("b.csv", string.Join(',', new int[65]) + "\n")));
    }

    [Fact]
    public void The_labels_of_a_model_settle_the_doubt()
    {
        string path = Write("a.csv", digits.Table((row, label, pixels) => [$"{(char)('a' + row % 5)}", .. pixels.Take(63), label]));
        var map = new LabelMap(["a", "b", "c", "d", "e"]);
        Assert.Equal("a b c d e", string.Join(' ', LabelsOf(DigitFiles.Read(path, new DigitFileOptions { LabelMap = map })).Split(' ').Take(5)));
    }

    [Fact]
    public void Columns_can_be_named_by_name_number_and_place()
    {
        string text = digits.Table((row, label, pixels) => [$"{row % 2}", label, $"{row % 7}", .. pixels], "fold,digit,class," + string.Join(',', digits.Names()));
        foreach (string choice in new[] { "digit", "DIGIT", "2" }) Check(text, "column 2 \"digit\"", layout => layout with { LabelColumn = choice, IgnoredColumns = ["1"] });
        Check(digits.Table((_, label, pixels) => [.. pixels, label]), "column 65", layout => layout with { LabelColumn = "last" });
        Assert.Equal(
            "a.csv has no column \"gender\", which --label-column names; it has 67 columns: \"fold\" to \"pixel63\".",
            FailureOfReading(Write("a.csv", text), With(layout => layout with { LabelColumn = "gender" })));
    }

    [Fact]
    public void A_file_is_read_without_its_labels_where_none_is_wanted()
    {
        string path = Write("a.csv", digits.Plain());
        DigitFile file = DigitFiles.Load(path, new DigitFileOptions { IgnoreLabels = true, LabelMap = new LabelMap(["x", "y"]) });
        Assert.Equal((0, false), (file.DroppedRows, file.Dataset.IsLabelled));
        Assert.Equal(digits.Pixels, DigitFiles.Read(Write("b.csv", digits.Table((_, _, pixels) => ["", .. pixels], digits.Header())), new DigitFileOptions { IgnoreLabels = true }).Pixels);
    }

    [Fact]
    public void Empty_columns_and_rows_are_nothing()
    {
        Check(digits.Table((_, label, pixels) => [label, .. pixels, "", ""], digits.Header() + ",,"));
        Check(digits.Table((_, label, pixels) => [label, .. pixels, ""]));
        Check(digits.Table((_, label, pixels) => [label, .. pixels, ""], digits.Header()));
        Check(digits.Table((_, label, pixels) => [label, .. pixels], digits.Header() + ","));
        Check(digits.Table((_, label, pixels) => [label, .. pixels], digits.Header()) + string.Concat(Enumerable.Repeat(new string(',', 64) + "\n", 3)));
        Check(digits.Table((row, label, pixels) => row % 2 == 0 ? [label, .. pixels] : [label, .. pixels, ""], digits.Header() + ","));
    }

    [Fact]
    public void A_header_that_is_repeated_is_left_out()
    {
        string table = digits.Table((_, label, pixels) => [label, .. pixels], digits.Header());
        DigitFile file = DigitFiles.Load(Write("a.csv", table + "\uFEFF" + table));
        Assert.Equal((80, "label: column 1 \"label\" (5 classes); left out: 1 repeated header; pixels 0 to 255"), (file.Dataset.Count, file.Reading));
    }

    [Fact]
    public void One_hot_labels_are_read()
    {
        IEnumerable<string> Hot(string label) => Enumerable.Range(0, 5).Select(i => $"{i}" == label ? "1" : "0");
        Check(digits.Table((_, label, pixels) => [.. pixels, .. Hot(label)]), "columns 65 to 69, one-hot");
        Check(digits.Table((_, label, pixels) => [.. Hot(label), .. pixels], string.Join(',', [.. Enumerable.Range(0, 5).Select(i => $"label_{i}"), .. digits.Names()])), "columns 1 to 5, one-hot");
        Check(digits.Table((_, label, pixels) => [.. pixels, .. Hot(label), ""], pixel: value => $"{(value > 127 ? 1 : 0)}.0000", separator: " "), "columns 65 to 69, one-hot", arePixelsRight: false);
    }

    [Fact]
    public void Pixels_in_one_cell_are_read()
    {
        Check(digits.Table((row, label, pixels) => [label, $"\"{string.Join(' ', pixels)}\"", row % 5 == 0 ? "Test" : "Training"], "emotion,pixels,Usage"), "column 1 \"emotion\"");
        Check(digits.Table((_, label, pixels) => [$"\"[{string.Join(", ", pixels)}]\"", label], "image,label"), "column 2 \"label\"");
    }

    [Fact]
    public void Columns_of_pixels_are_put_in_the_order_of_their_numbers()
    {
        int[] order = [.. Enumerable.Range(0, 64).OrderBy(i => $"pixel{i}", StringComparer.Ordinal)];
        Check(digits.Table((_, label, pixels) => [label, .. order.Select(i => pixels[i])], string.Join(',', order.Select(i => $"pixel{i}").Prepend("label"))));
        int side = digits.Side;
        int[] down = [.. Enumerable.Range(0, 64).Select(i => i % side * side + i / side)];
        Check(digits.Table((_, label, pixels) => [label, .. down.Select(i => pixels[i])], string.Join(',', down.Select(i => $"r{i / side}c{i % side}").Prepend("label"))));
    }

    [Fact]
    public void Pairs_of_numbers_that_count_down_the_columns_leave_doubt()
    {
        int side = digits.Side;
        int[] down = [.. Enumerable.Range(0, 64).Select(i => i % side * side + i / side)];
        string header = string.Join(',', down.Select(i => $"{i / side}x{i % side}").Prepend("label"));
        string path = Write("a.csv", digits.Table((_, label, pixels) => [label, .. down.Select(i => pixels[i])], header));
        Assert.Equal("a.csv: its columns are 0x0, 1x0, ...: say whether the pixels stand column by column (--transpose yes) or row by row (--transpose no).", FailureOfReading(path));
        Assert.Equal(digits.Pixels, DigitFiles.Read(path, With(layout => layout with { Transpose = true })).Pixels);
    }

    private DigitFile Check(string text, string? label = null, Func<FileLayout, FileLayout>? layout = null, bool arePixelsRight = true, TinyDigits? of = null)
    {
        of ??= digits;
        DigitFile file = DigitFiles.Load(Write("a.csv", text), With(layout ?? (found => found)) with { RequireLabels = true });
        Assert.Equal(string.Join(' ', of.Labels), LabelsOf(file.Dataset));
        if (arePixelsRight) Assert.Equal(of.Pixels, file.Dataset.Pixels);
        if (label is not null) Assert.StartsWith($"label: {label} (", file.Reading, StringComparison.Ordinal);
        return file;
    }

    private static DigitFileOptions With(Func<FileLayout, FileLayout> layout) => new() { Layout = layout(FileLayout.Found) };
}
